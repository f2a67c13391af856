package dev.tandem.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Doubles enter a sum only as integers. */
class RoundingTest {
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field TIME = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field LAT = new Field(2, "lat", FieldType.DOUBLE, 0);
  private static final Field ROUNDED = new Field(2, "lat", FieldType.DOUBLE, 6);
  private static final Schema SCHEMA = new Schema(List.of(ID, TIME, LAT), ID, TIME);

  private static Event at(double lat) {
    Event event = new Event(SCHEMA);
    event.setDouble(LAT, lat);
    return event;
  }

  @Test
  void shouldRoundHalfUpToTheDecimalPlaces() {
    assertThat(Rounding.number(at(45.52247868), ROUNDED)).isEqualTo(45_522_479);
    assertThat(Rounding.number(at(-122.6732969), ROUNDED)).isEqualTo(-122_673_297);
    assertThat(Rounding.number(at(0.0000005), ROUNDED)).isEqualTo(1);
  }

  @Test
  void shouldCountNothingThatIsNoNumber() {
    assertThat(Rounding.counts(at(1), ROUNDED)).isTrue();
    assertThat(Rounding.counts(at(Double.NaN), ROUNDED)).isFalse();
    assertThat(Rounding.counts(at(Double.POSITIVE_INFINITY), ROUNDED)).isFalse();
    assertThat(Rounding.counts(at(-1e10), ROUNDED)).isFalse();
    assertThat(Rounding.counts(new Event(SCHEMA), ROUNDED)).isFalse();
  }
}
