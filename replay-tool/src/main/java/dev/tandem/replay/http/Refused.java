package dev.tandem.replay.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A server answered, and not with what was asked for. */
public final class Refused extends IOException {
  private static final long serialVersionUID = 1L;

  /** Request Timeout, Too Early, Too Many Requests: asked again later, they may be granted. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final int status;
  private final transient HttpHeaders headers;

  public Refused(int status, HttpHeaders headers) {
    super("the server answers with status " + status);
    this.status = status;
    this.headers = headers;
  }

  public int status() {
    return status;
  }

  /** Whether the same request may be granted later. */
  public boolean isPassing() {
    return status >= 500 || PASSING.contains(status);
  }

  /** When to ask again, if the server says it. */
  public Optional<Duration> retryAfter() {
    return RetryAfter.of(headers, Instant.now());
  }
}
