package dev.tandem.replay.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Origin;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private final Envelope envelope =
      new Envelope(
          new Origin(
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Origin.Cursor("at.time_us", "cursor", 0)),
              Map.of("kind", "commit", "commit.operation", "create")));

  private Message open(String text) {
    return envelope.open(text.getBytes(UTF_8), false);
  }

  @Test
  void shouldTellPlaceAndWhetherItIsWanted() {
    Message post =
        open("{\"at\":{\"time_us\":17},\"kind\":\"commit\",\"commit\":{\"operation\":\"create\"}}");
    assertThat(post.cursor()).hasValue(17);
    assertThat(post.wanted()).isTrue();
    Message deletion =
        open("{\"at\":{\"time_us\":18},\"kind\":\"commit\",\"commit\":{\"operation\":\"delete\"}}");
    assertThat(deletion.cursor()).hasValue(18);
    assertThat(deletion.wanted()).isFalse();
    assertThat(open("{\"kind\":\"account\"}").wanted()).isFalse();
  }

  /** It is to be rejected with its reason, not to vanish. */
  @Test
  void shouldWantWhatIsNoMessageAtAll() {
    for (String garbage : new String[] {"<html>", "", "{\"kind\":", "[1]", "7"}) {
      assertThat(open(garbage).wanted()).as(garbage).isTrue();
      assertThat(open(garbage).cursor()).as(garbage).isEmpty();
    }
    assertThat(envelope.open("{\"kind\":\"ac".getBytes(UTF_8), true).wanted()).isTrue();
  }

  @Test
  void shouldTakeOnlyAWholeNumberForAPlace() {
    for (String place : new String[] {"1.5", "\"soon\"", "null", "123456789012345678901"}) {
      assertThat(open("{\"at\":{\"time_us\":" + place + "}}").cursor())
          .as(place)
          .isEqualTo(OptionalLong.empty());
    }
  }
}
