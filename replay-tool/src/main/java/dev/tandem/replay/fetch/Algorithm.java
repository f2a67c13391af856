package dev.tandem.replay.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Checksums that servers send. */
enum Algorithm {
  SHA_512("SHA-512", 64),
  SHA_256("SHA-256", 32),
  SHA_1("SHA-1", 20),
  MD5("MD5", 16),
  CRC32C("CRC32C", 4),
  CRC32("CRC32", 4);

  private static final int BUFFER = 1 << 16;

  private final String title;
  private final int length;

  Algorithm(String title, int length) {
    this.title = title;
    this.length = length;
  }

  /** The one of a name as in HTTP headers: {@code sha-256}, {@code sha256}, {@code SHA}. */
  static Optional<Algorithm> of(String name) {
    String plain = plain(name);
    return Arrays.stream(values())
        .filter(a -> plain(a.title).equals(plain) || (a == SHA_1 && plain.equals("sha")))
        .findFirst();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "");
  }

  String title() {
    return title;
  }

  /** In bytes. */
  int length() {
    return length;
  }

  /** The checksum of all that is left to read. */
  byte[] of(InputStream in) throws IOException {
    return switch (this) {
      case CRC32 -> of(in, new CRC32());
      case CRC32C -> of(in, new CRC32C());
      default -> digest(in);
    };
  }

  private static byte[] of(InputStream in, Checksum sum) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sum.update(buffer, 0, n);
    }
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
  }

  private byte[] digest(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(title);
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + title, e);
    }
  }
}
