package dev.tandem.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  private static Optional<Duration> waitOf(String header, String value) {
    return RetryAfter.of(HttpHeaders.of(Map.of(header, List.of(value)), (a, b) -> true), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Retry-After        | 120                           | PT2M
          retry-after        | Thu, 26 Nov 2026 10:00:30 GMT | PT30S
          Retry-After        | Thu, 26 Nov 2026 09:00:00 GMT | PT0S
          Retry-After        | 99999999                      | P1D
          x-rate-limit-reset | 1795687230                    | PT30S
          """)
  void shouldReadWhenTheServerWantsToBeAsked(String header, String value, Duration wait) {
    assertThat(waitOf(header, value)).contains(wait);
  }

  @Test
  void shouldSayNothingWhereTheServerDoesNot() {
    assertThat(waitOf("Retry-After", "soon")).isEmpty();
    assertThat(waitOf("Retry-After", "-5")).isEmpty();
    assertThat(waitOf("Server", "5")).isEmpty();
  }
}
