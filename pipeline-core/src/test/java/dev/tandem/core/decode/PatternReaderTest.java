package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternReaderTest {
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field AT = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Schema SCHEMA = new Schema(List.of(ID, AT), ID, AT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd | 2020-07-01 | 2020-07-01T04:00:00Z",
        "yyyy-MM-dd HH | 2020-07-01 13 | 2020-07-01T17:00:00Z",
        "uuuu-MM-dd HH:mm | 2020-07-01 13:05 | 2020-07-01T17:05:00Z",
        "dd/MMM/yyyy hh:mm a | 01/jul/2020 01:05 pm | 2020-07-01T17:05:00Z",
        "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX | 2020-07-01T13:00:00.123456+02:00 |"
            + " 2020-07-01T11:00:00.123Z",
        "yyyy-MM-dd HH:mm:ss[.SSS] | 1969-12-31 18:59:59.999 | 1969-12-31T23:59:59.999Z",
        "yyyy-MM-dd HH:mm:ss VV | 2020-07-01 13:00:00 Asia/Tokyo | 2020-07-01T04:00:00Z",
        "yyyy-MM-dd | 2021-02-29 |",
        "yyyy-MM-dd | 2021-02-28x |",
        "yyyy-MM-dd | 0000-02-28 |",
      })
  void shouldReadAsThePatternSays(String pattern, String text, Instant expected) {
    PatternReader reader = new PatternReader(pattern, ZoneId.of("America/New_York"));
    // the second time it is remembered
    for (int i = 0; i < 2; i++) {
      Event event = new Event(SCHEMA);
      reader.read(("_" + text).toCharArray(), 1, text.length() + 1, AT, event);
      assertThat(event.has(AT)).isEqualTo(expected != null);
      if (expected != null) {
        assertThat(Instant.ofEpochMilli(event.time())).isEqualTo(expected);
      }
    }
  }
}
