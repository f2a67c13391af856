package dev.tandem.replay.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of a file that holds {@code 123456789}; the values are those of the algorithms' own catalogues.
 */
class ChecksumsTest {
  @TempDir Path dir;

  private static Checksums of(Map<String, List<String>> headers) {
    return Checksums.of(HttpHeaders.of(headers, (name, value) -> true), false);
  }

  private Path file(String text) throws IOException {
    return Files.write(dir.resolve("file"), text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-MD5           | JfnnlDI7RTiF9RgfG2JNCw==                                | MD5
          Digest                | unixsum=3, md5=JfnnlDI7RTiF9RgfG2JNCw==                 | MD5
          Digest                | SHA=98O8HYCOBHMq32eZZczDTKeuNEE=                        | SHA-1
          Repr-Digest           | sha-256=:FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=:  | SHA-256
          x-amz-checksum-crc32  | y/Q5Jg==                                                | CRC32
          x-amz-checksum-crc32c | 4waSgw==                                                | CRC32C
          """)
  void shouldCompareWhatTheServerSays(String header, String value, String name) throws IOException {
    Checksums checksums = of(Map.of(header, List.of(value)));
    assertThat(checksums.names()).isEqualTo(name);
    assertThat(checksums.differenceOf(file("123456789"))).isEmpty();
    assertThat(checksums.differenceOf(file("12345678"))).get().asString().contains("its " + name);
  }

  @Test
  void shouldTakeTheTagOfAnObjectOfS3ForItsMd5() throws IOException {
    String tag = "\"25f9e794323b453885f5181f1b624d0b\"";
    Map<String, List<String>> s3 = Map.of("ETag", List.of(tag), "x-amz-request-id", List.of("A1"));
    assertThat(of(s3).names()).isEqualTo("MD5");
    assertThat(of(s3).differenceOf(file("123456789"))).isEmpty();
    assertThat(of(s3).differenceOf(file("1"))).isPresent();
  }

  @Test
  void shouldNotTakeAnyOtherTagForAChecksum() {
    String md5 = "\"25f9e794323b453885f5181f1b624d0b\"";
    String inParts = "\"25f9e794323b453885f5181f1b624d0b-3\"";
    assertThat(of(Map.of("ETag", List.of(md5))).names()).isEmpty();
    Map<String, List<String>> parts =
        Map.of("ETag", List.of(inParts), "x-amz-request-id", List.of("A1"));
    assertThat(of(parts).names()).isEmpty();
    Map<String, List<String>> encrypted =
        Map.of(
            "ETag",
            List.of(md5),
            "x-amz-request-id",
            List.of("A1"),
            "x-amz-server-side-encryption",
            List.of("aws:kms"));
    assertThat(of(encrypted).names()).isEmpty();
    assertThat(of(Map.of("Content-MD5", List.of("???"))).names()).isEmpty();
  }

  /** It is the MD5 of what was sent. */
  @Test
  void shouldNotTakeTheMd5OfAPartForThatOfTheFile() {
    Map<String, List<String>> headers = Map.of("Content-MD5", List.of("JfnnlDI7RTiF9RgfG2JNCw=="));
    HttpHeaders partial = HttpHeaders.of(headers, (name, value) -> true);
    assertThat(Checksums.of(partial, true).names()).isEmpty();
  }
}
