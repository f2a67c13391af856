package dev.tandem.streams.access;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Key and certificate of the server, from a PKCS12 file. */
public final class Identity {
  private final KeyStore store;
  private final String password;

  private Identity(KeyStore store, String password) {
    this.store = store;
    this.password = password;
  }

  static Identity load(Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return new Identity(store, password);
        }
      }
      throw TandemException.wrongUse(
          "http.tls.keystore = " + file + ": has no private key: export it with its certificate");
    } catch (IOException | GeneralSecurityException e) {
      throw TandemException.wrongUse(
          "http.tls.keystore = %s: %s: give a PKCS12 file and its password (http.tls.keystore.password)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** With the key. */
  public KeyStore store() {
    return store;
  }

  /** Of the store and of the key. */
  public String password() {
    return password;
  }

  /** Trusts the certificates of this file, which may be signed by nobody, and those of Java. */
  SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int number = 0;
      for (String alias : Collections.list(store.aliases())) {
        Certificate[] chain = store.getCertificateChain(alias);
        for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
          trusted.setCertificateEntry("own-" + number++, certificate);
        }
      }
      for (X509Certificate certificate : List.of(trust(null).getAcceptedIssuers())) {
        trusted.setCertificateEntry("java-" + number++, certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust(trusted)}, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("certificates that were read before", e);
    }
  }

  private static X509TrustManager trust(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        return trust;
      }
    }
    throw new IllegalStateException("no X.509 trust manager");
  }
}
