package dev.tandem.replay.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of the bytes of a whole file: {@code Content-MD5}, {@code Digest} (RFC 3230),
 * {@code Repr-Digest} (RFC 9530), {@code x-amz-checksum-*}, and of Amazon's S3 the {@code ETag},
 * which is the MD5 of an object that was uploaded in one piece and not encrypted by a key of one's
 * own.
 */
final class Checksums {
  private static final Pattern MD5_TAG = Pattern.compile("\"([0-9a-fA-F]{32})\"");

  /** {@code sha-256=BASE64} and {@code sha-256=:BASE64:}. */
  private static final Pattern DIGEST =
      Pattern.compile("([A-Za-z0-9-]+)\\s*=\\s*:?([A-Za-z0-9+/]+={0,2}):?");

  private final Map<Algorithm, byte[]> expected;

  private Checksums(Map<Algorithm, byte[]> expected) {
    this.expected = expected;
  }

  /**
   * Reads the headers of an answer.
   *
   * @param partial whether it has only a part of the file, which is all that {@code Content-MD5}
   *     then speaks of
   */
  static Checksums of(HttpHeaders headers, boolean partial) {
    Map<Algorithm, byte[]> found = new LinkedHashMap<>();
    if (!partial) {
      headers.firstValue("content-md5").ifPresent(text -> add(found, "md5", text));
    }
    for (String name : new String[] {"digest", "repr-digest"}) {
      for (String text : headers.allValues(name)) {
        Matcher digests = DIGEST.matcher(text);
        while (digests.find()) {
          add(found, digests.group(1), digests.group(2));
        }
      }
    }
    for (String name : new String[] {"sha256", "sha1", "crc32c", "crc32"}) {
      headers.firstValue("x-amz-checksum-" + name).ifPresent(text -> add(found, name, text));
    }
    if (found.isEmpty() && tagIsMd5(headers)) {
      Matcher tag = MD5_TAG.matcher(headers.firstValue("etag").orElse(""));
      if (tag.matches()) {
        found.put(Algorithm.MD5, HexFormat.of().parseHex(tag.group(1).toLowerCase(Locale.ROOT)));
      }
    }
    return new Checksums(found);
  }

  private static boolean tagIsMd5(HttpHeaders headers) {
    String encryption = headers.firstValue("x-amz-server-side-encryption").orElse("AES256");
    return headers.firstValue("x-amz-request-id").isPresent()
        && encryption.equals("AES256")
        && headers.firstValue("x-amz-server-side-encryption-customer-algorithm").isEmpty();
  }

  /** One that cannot be read, or is of the parts of an object ("…-3"), says nothing. */
  private static void add(Map<Algorithm, byte[]> found, String name, String base64) {
    Optional<Algorithm> algorithm = Algorithm.of(name);
    if (algorithm.isEmpty()) {
      return;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.strip());
      if (bytes.length == algorithm.get().length()) {
        found.putIfAbsent(algorithm.get(), bytes);
      }
    } catch (IllegalArgumentException notBase64) {
      // Says nothing.
    }
  }

  /** What there is to compare, for messages; empty when the server says nothing. */
  String names() {
    return String.join(", ", expected.keySet().stream().map(Algorithm::title).toList());
  }

  /** What differs from what the server says; empty when nothing does. */
  Optional<String> differenceOf(Path file) throws IOException {
    for (Map.Entry<Algorithm, byte[]> entry : expected.entrySet()) {
      byte[] actual;
      try (InputStream in = Files.newInputStream(file)) {
        actual = entry.getKey().of(in);
      }
      if (!Arrays.equals(actual, entry.getValue())) {
        HexFormat hex = HexFormat.of();
        return Optional.of(
            "its %s is %s, the server says %s"
                .formatted(
                    entry.getKey().title(),
                    hex.formatHex(actual),
                    hex.formatHex(entry.getValue())));
      }
    }
    return Optional.empty();
  }
}
