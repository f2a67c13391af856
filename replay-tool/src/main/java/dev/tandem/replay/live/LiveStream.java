package dev.tandem.replay.live;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.Origin;
import dev.tandem.replay.http.Backoff;
import dev.tandem.replay.http.Failures;
import dev.tandem.replay.http.Refused;
import dev.tandem.replay.merge.Handoff;
import dev.tandem.replay.merge.Interrupted;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream that never ends: whenever the connection breaks off, stalls or is
 * refused, it connects again after a while, and asks to go on behind the last message where the
 * stream can. Messages may come again; none that a server sends is left out here.
 *
 * <p>It ends with a failure when the server refuses for good, such as for a wrong token.
 */
public final class LiveStream implements AutoCloseable {
  private static final int BATCH = 512;
  private static final int MOST_AHEAD = 16 * BATCH;
  private static final int MOST_BYTES = 16 << 20;
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final Address address;
  private final Timing timing;
  private final Connector connector;
  private final Envelope envelope;
  private final Backoff backoff;
  private final Handoff<Message> messages = new Handoff<>(BATCH, MOST_AHEAD, MOST_BYTES);
  private final ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private final AtomicLong connections = new AtomicLong();
  private volatile OptionalLong cursor;

  /**
   * How patient to be.
   *
   * @param idle a connection that shows no sign of life for so long is given up
   * @param longestWait between two attempts, unless the server asks for more
   */
  public record Timing(Duration idle, Duration longestWait) {}

  /**
   * Connects.
   *
   * @param uri {@code ws}, {@code wss}, {@code http} or {@code https}
   * @param cursor where to begin; empty: where the stream is now
   * @param credentials for this address
   */
  public LiveStream(
      URI uri, Origin origin, OptionalLong cursor, Credentials credentials, Timing timing) {
    this.address = new Address(uri, origin.cursor());
    this.timing = timing;
    this.connector = new Connector(credentials.headers(), timing.idle());
    this.envelope = new Envelope(origin);
    this.backoff = new Backoff(FIRST_WAIT, timing.longestWait(), ThreadLocalRandom.current());
    this.cursor = cursor;
    this.thread = new Thread(this::run, "live " + uri.getHost());
    thread.setDaemon(true);
    thread.start();
  }

  /** A stream's name: its address without the query, which may hold what is nobody's business. */
  public static String name(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getRawAuthority() + path;
  }

  /** The next messages; none when there are none yet, after a moment. */
  public Handoff.Batch<Message> poll() {
    try {
      return messages.take(WAIT_NANOS);
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  /** Says what happened to the connection since the last time. */
  public void drainNotices(Consumer<String> to) {
    for (String notice = notices.poll(); notice != null; notice = notices.poll()) {
      to.accept(notice);
    }
  }

  /** How many times it has connected. */
  public long connections() {
    return connections.get();
  }

  private void run() {
    try {
      while (true) {
        Duration wait = connectOnce();
        Thread.sleep(wait.toMillis());
      }
    } catch (InterruptedException | Interrupted closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      messages.end(Optional.of(e));
    }
  }

  /**
   * Reads one connection to its end.
   *
   * @return how long to wait before the next one
   */
  private Duration connectOnce() throws InterruptedException {
    Arrivals arrivals = new Arrivals();
    Optional<Duration> asked = Optional.empty();
    String why;
    try (Connection connection = connector.connect(address.from(cursor), arrivals)) {
      why = awaitEnd(connection, arrivals);
    } catch (Refused refused) {
      if (!refused.isPassing()) {
        throw refusedForGood(refused);
      }
      why = String.valueOf(refused.getMessage());
      asked = refused.retryAfter();
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    }
    if (arrivals.any) {
      backoff.reset();
    }
    Duration wait = asked.orElseGet(backoff::next);
    notices.add(
        "%s: %s; connecting again in %.1f s"
            .formatted(address.name(), why, wait.toMillis() / 1000.0));
    return wait;
  }

  private String awaitEnd(Connection connection, Arrivals arrivals)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return connection.ended().get(WAIT_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException stillOpen) {
        if (arrivals.quietNanos() > timing.idle().toNanos()) {
          return "no sign of life for %.1f s".formatted(timing.idle().toMillis() / 1000.0);
        }
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    Refused refused = Failures.refusal(cause);
    return refused == null
        ? new IOException("broken off: " + Failures.text(cause), cause)
        : refused;
  }

  private TandemException refusedForGood(Refused refused) {
    int status = refused.status();
    String remedy =
        switch (status / 100) {
          case 3 -> "give the address it redirects to, redirects are not followed";
          case 4 ->
              status == 401 || status == 403
                  ? "check " + Credentials.TOKEN + " or " + Credentials.HEADER + "…"
                  : "check the address";
          default -> "it is no stream";
        };
    return TandemException.failed(
        "%s answers with status %d: %s".formatted(address.name(), status, remedy), refused);
  }

  /** Ends the connection; messages that were not taken are given up. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connector.close();
  }

  /** What comes over one connection. */
  private final class Arrivals implements Inbox {
    private volatile boolean any;
    private volatile boolean busy;
    private volatile long last = System.nanoTime();

    @Override
    public void message(byte[] bytes, boolean cut) {
      if (!any) {
        any = true;
        connections.incrementAndGet();
      }
      Message message = envelope.open(bytes, cut);
      busy = true;
      try {
        messages.put(message, bytes.length);
        if (message.cursor().isPresent()) {
          cursor = message.cursor();
        }
      } catch (InterruptedException e) {
        throw new Interrupted(e);
      } finally {
        alive();
        busy = false;
      }
    }

    @Override
    public void alive() {
      last = System.nanoTime();
    }

    /** For how long nothing came though there was room for it. */
    long quietNanos() {
      return busy ? 0 : System.nanoTime() - last;
    }
  }
}
