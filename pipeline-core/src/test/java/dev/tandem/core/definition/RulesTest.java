package dev.tandem.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.event.Event;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules of biketown: 0 fill, 1 duration range, 2 distance range, 3 end within a day. */
class RulesTest {
  private final PipelineDefinition pipeline = PipelineLoader.load(Path.of("../config"), "biketown");
  private final Field start = pipeline.schema().time();
  private final Field end = pipeline.schema().find("ended_at").orElseThrow();
  private final Field duration = pipeline.schema().find("duration_s").orElseThrow();
  private final Field distance = pipeline.schema().find("distance_mi").orElseThrow();
  private final Rules rules = new Rules(pipeline);
  private final Event event = new Event(pipeline.schema());

  RulesTest() {
    event.setText(pipeline.schema().id(), "1");
    event.setNumber(start, 1_000_000);
  }

  @Test
  void shouldChangeNothingWhenAllIsWell() {
    event.setNumber(end, 1_000_000 + 86_400_000);
    event.setNumber(duration, 86_400);
    event.setNumber(distance, 100_00);
    Event before = event.copy();

    assertThat(rules.apply(event)).isZero();
    assertThat(event).isEqualTo(before);
  }

  @Test
  void shouldFillWholeSecondsWhenNull() {
    event.setNumber(end, 1_000_000 + 59_999);

    assertThat(rules.apply(event)).isEqualTo(0b0001);
    assertThat(event.number(duration)).isEqualTo(59);
  }

  @Test
  void shouldLeaveNullWhenTheEndIsBeforeTheStart() {
    event.setNumber(end, 999_999);

    assertThat(rules.apply(event)).isEqualTo(0b1000);
    assertThat(event.has(duration)).isFalse();
    assertThat(event.has(end)).isFalse();
  }

  /** The order matters: an end in 2080 fills a duration of years, which is then out of range. */
  @Test
  void shouldTakeAwayWhatAStuckClockFilled() {
    event.setNumber(end, 1_000_000 + 86_400_001);

    assertThat(rules.apply(event)).isEqualTo(0b1001);
    assertThat(event.number(duration)).isEqualTo(86_400);
    assertThat(event.has(end)).isFalse();

    event.setNull(duration);
    event.setNumber(end, 1_000_000 + 86_401_000);
    assertThat(rules.apply(event)).isEqualTo(0b1011);
    assertThat(event.has(duration)).isFalse();
  }

  @Test
  void shouldNullBothSidesOfARange() {
    event.setNumber(duration, -1);
    event.setNumber(distance, 100_01);

    assertThat(rules.apply(event)).isEqualTo(0b0110);
    assertThat(event.has(duration)).isFalse();
    assertThat(event.has(distance)).isFalse();
  }
}
