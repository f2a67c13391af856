package dev.tandem.replay.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * When a server that refuses wants to be asked again: {@code Retry-After} in seconds or as a date
 * (RFC 9110, 10.2.3), or {@code x-rate-limit-reset}, seconds since 1970, as X says it.
 */
public final class RetryAfter {
  private static final Duration MOST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * How long to wait from {@code now} on, a day at most; empty when the server does not say, or not
   * in a way that can be read.
   */
  public static Optional<Duration> of(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("retry-after")
        .flatMap(text -> wait(text.strip(), now))
        .or(
            () ->
                headers
                    .firstValue("x-rate-limit-reset")
                    .flatMap(RetryAfter::number)
                    .map(s -> Duration.between(now, Instant.ofEpochSecond(s))))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
  }

  private static Optional<Duration> wait(String text, Instant now) {
    Optional<Long> seconds = number(text);
    if (seconds.isPresent()) {
      return seconds.map(Duration::ofSeconds);
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(String text) {
    return text.strip().matches("[0-9]{1,12}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }
}
