package dev.tandem.core.aggregate;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/** The one hash of texts, ids and rows: XXH3. */
public final class Hashes {
  private static final Hasher64 XXH3 = Hashing.xxh3_64();

  private static final Hasher128 XXH3_128 = Hashing.xxh3_128();

  private Hashes() {}

  /** Of the text's UTF-8 bytes. */
  public static long of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static long of(byte[] bytes) {
    return XXH3.hashBytesToLong(bytes);
  }

  /** The 128-bit variant. */
  public static HashValue128 wide(byte[] bytes) {
    return XXH3_128.hashBytesTo128Bits(bytes);
  }
}
