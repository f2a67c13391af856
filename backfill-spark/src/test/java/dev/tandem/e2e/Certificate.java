package dev.tandem.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key and a certificate that nobody but itself has signed, made by the JDK's keytool.
 *
 * @param keystore PKCS12, for its owner
 * @param pem the certificate alone, for who trusts it
 */
record Certificate(Path keystore, Path pem) {
  static final String PASSWORD = "key-store-secret";

  private static final byte[] LINE_END = {'\n'};

  /**
   * @param name the common name; the machine is 127.0.0.1
   */
  static Certificate make(Path folder, String name) throws Exception {
    Path keystore = Files.createDirectories(folder).resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            keystore.toString());
    Process keytool = new ProcessBuilder(command).inheritIO().start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError(command);
    }
    Path pem = folder.resolve(name + ".pem");
    Files.writeString(pem, pem(keystore, name));
    return new Certificate(keystore, pem);
  }

  private static String pem(Path keystore, String name)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    byte[] der = store.getCertificate(name).getEncoded();
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(Base64.getMimeEncoder(64, LINE_END).encodeToString(der));
  }
}
