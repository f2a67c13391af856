package dev.tandem.replay.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Origin;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AddressTest {
  private static final Optional<Origin.Cursor> CURSOR =
      Optional.of(new Origin.Cursor("time_us", "cursor", 100));

  private static String from(String uri, Optional<Origin.Cursor> cursor, OptionalLong last) {
    return new Address(URI.create(uri), cursor).from(last).toString();
  }

  @Test
  void shouldAskToBeginBeforeTheLastMessage() {
    assertThat(from("wss://a.org/s", CURSOR, OptionalLong.of(500)))
        .isEqualTo("wss://a.org/s?cursor=400");
    assertThat(from("wss://a.org/s?kind=a%20b", CURSOR, OptionalLong.of(50)))
        .isEqualTo("wss://a.org/s?kind=a%20b&cursor=0");
  }

  @Test
  void shouldAskForNothingWhereThereIsNoPlace() {
    assertThat(from("wss://a.org/s", CURSOR, OptionalLong.empty())).isEqualTo("wss://a.org/s");
    assertThat(from("wss://a.org/s", Optional.empty(), OptionalLong.of(5)))
        .isEqualTo("wss://a.org/s");
  }

  @Test
  void shouldLeaveTheQueryOutOfTheName() {
    assertThat(new Address(URI.create("https://a.org:8443/s?key=secret"), CURSOR).name())
        .isEqualTo("https://a.org:8443/s");
  }
}
