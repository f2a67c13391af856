package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

class ValueReaderTest {
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field AT = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field LAT = new Field(2, "lat", FieldType.DOUBLE, 0);
  private static final Schema SCHEMA = new Schema(List.of(ID, AT, LAT), ID, AT);

  private static Event read(String text) {
    ValueReader reader =
        ValueReader.of(
            new FieldSource(
                LAT, List.of(List.of("lat")), " ", new FieldSource.Reading.Plain(), true),
            ZoneOffset.UTC);
    Event event = new Event(SCHEMA);
    reader.read(("9" + text + "9").toCharArray(), 1, text.length() + 1, LAT, event);
    return event;
  }

  @Property(tries = 5000)
  void shouldReadDoublesAsJavaDoes(
      @ForAll @NotEmpty @StringLength(max = 19) @Chars({'0', '1', '5', '9', '.', '-', '+', 'e'})
          String text) {
    Event event = read(text);
    try {
      double expected = Double.parseDouble(text);
      assertThat(event.has(LAT)).isEqualTo(Double.isFinite(expected));
      if (event.has(LAT)) {
        assertThat(event.number(LAT)).isEqualTo(Double.doubleToRawLongBits(expected));
      }
    } catch (NumberFormatException e) {
      assertThat(event.has(LAT)).isFalse();
    }
  }

  @Property
  void shouldReadTheDoublesThatWereWritten(@ForAll float value, @ForAll double finer) {
    assertThat(read(Float.toString(value)).number(LAT))
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(Float.toString(value))));
    assertThat(read(Double.toString(finer)).number(LAT))
        .isEqualTo(Double.doubleToRawLongBits(finer));
  }
}
