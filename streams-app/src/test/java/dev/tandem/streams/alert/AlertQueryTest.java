package dev.tandem.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.time.TimeRange;
import dev.tandem.streams.query.BadQueryException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertQueryTest {
  private static AlertQuery parse(String name, String... values) {
    return AlertQuery.parse(
        List.of("rebalance", "silent"),
        ZoneId.of("America/Los_Angeles"),
        Map.of(name, List.of(values)));
  }

  private static void assertRefused(String parameter, String message, String... values) {
    assertThatThrownBy(() -> parse(parameter, values))
        .isInstanceOf(BadQueryException.class)
        .hasMessage(message)
        .extracting(e -> ((BadQueryException) e).parameter())
        .isEqualTo(parameter);
  }

  @Test
  void shouldAskForTheNewestHundredWhenNothingIsSaid() {
    assertThat(AlertQuery.parse(List.of(), ZoneId.of("UTC"), Map.of()))
        .isEqualTo(new AlertQuery(TimeRange.ALL, Optional.empty(), false, Optional.empty(), 100));
  }

  @Test
  void shouldTellAWrongParameterWithTheNearestRightOne() {
    assertRefused(
        "decison",
        "no parameter decison (did you mean decision?): there are decision, from, limit, state, to",
        "rebalance");
    assertRefused(
        "decision",
        "no decision rebalanced (did you mean rebalance?): there are rebalance, silent",
        "rebalanced");
    assertRefused(
        "state", "no state opened (did you mean open?): there are cleared, open, raised", "opened");
    assertRefused("limit", "limit 0: give a whole number from 1 to 1000", "0");
    assertRefused("limit", "limit 1001: give a whole number from 1 to 1000", "1001");
    assertRefused("state", "state is given 2 times", "open", "raised");
    assertThatThrownBy(() -> parse("from", "yesterday")).hasMessageStartingWith("from yesterday: ");
  }
}
