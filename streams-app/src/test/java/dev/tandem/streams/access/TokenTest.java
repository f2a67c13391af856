package dev.tandem.streams.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTest {
  private static final long NOW = 1_500_000_000;
  private final Token token = Token.of("0123456789abcdef", "test");

  @Test
  void shouldKnowOnlyItself() {
    assertThat(token.isInHeader("bearer 0123456789abcdef")).isTrue();
    assertThat(token.isInHeader("Bearer 0123456789abcdeF")).isFalse();
    assertThat(token.isInHeader("Bearer ")).isFalse();
    assertThat(token.isInHeader("Basic 0123456789abcdef")).isFalse();
    assertThat(token.is("")).isFalse();
  }

  @Test
  void shouldKnowItsSessionsUntilTheyEnd() {
    String session = token.session(NOW + 10);
    assertThat(token.isSession(session, NOW)).isTrue();
    assertThat(token.isSession(session, NOW + 10)).isFalse();
    assertThat(Token.of("another-token-abc", "test").isSession(session, NOW)).isFalse();
  }

  @Test
  void shouldNotTakeASessionWhoseEndWasChanged() {
    String session = token.session(NOW - 10);
    String later = (NOW + 1_000) + session.substring(session.indexOf('.'));
    assertThat(token.isSession(later, NOW)).isFalse();
  }

  @Test
  void shouldNotStumbleOverWhatIsNoSession() {
    for (String text :
        new String[] {"", ".", "1", "1.", "x.y", "9999999999999999999999.a", "٣.a"}) {
      assertThat(token.isSession(text, NOW)).as(text).isFalse();
    }
  }
}
