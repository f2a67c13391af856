package dev.tandem.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventBytesTest {
  private final EventBytes bytes = new EventBytes(EventSamples.SCHEMA);

  @Provide
  Arbitrary<Event> events() {
    return EventSamples.events();
  }

  @Property
  void shouldDecodeWhatItEncodes(@ForAll("events") Event event) {
    assertThat(bytes.decode(bytes.encode(event))).isEqualTo(event);
  }

  @Property
  void shouldBeEqualWhenEventsAre(@ForAll("events") Event a, @ForAll("events") Event b) {
    assertThat(Arrays.equals(bytes.encode(a), bytes.encode(b))).isEqualTo(a.equals(b));
    assertThat(bytes.encode(a.copy())).isEqualTo(bytes.encode(a));
  }

  @Property(tries = 200)
  void shouldNoticeMissingAndSurplusBytes(@ForAll("events") Event event) {
    byte[] whole = bytes.encode(event);
    assertThatThrownBy(() -> bytes.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(IllegalStateException.class);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> bytes.decode(part)).isInstanceOf(IllegalStateException.class);
    }
  }

  /** Golden: two versions of a job may meet in one shuffle. */
  @Test
  void shouldKeepTheLayout() {
    Event event = EventSamples.event("ü1", 1000);
    event.setNumber(EventSamples.FARE, -3);
    assertThat(HexFormat.of().formatHex(bytes.encode(event))).isEqualTo("012303c3bc31d00f05");
  }

  @Test
  void shouldRefuseAnotherVersion() {
    assertThatThrownBy(() -> bytes.decode(new byte[] {2, 0}))
        .hasMessage("event bytes of version 2, not 1");
  }
}
