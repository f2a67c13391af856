package dev.tandem.localkafka.chaos;

import dev.tandem.core.fault.FailPoint;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process as {@code kill -9} does when a point is reached: no shutdown hook, nothing
 * flushed, nothing closed. The environment variable {@link #VARIABLE} says which: {@code
 * backfill-claim:120:5} is the 120th time of that point, and then 5 ms later. With a process id
 * behind it, as in {@code backfill-claim:120:0:4711}, that process is killed instead, and this one
 * goes on.
 *
 * <p>No jar names it as a service: {@link FailPoints} does, on the class path of chosen processes.
 * It is copied there alone, so it has no class beside it.
 */
public final class KillAtPoint implements FailPoint.Hook {
  static final String VARIABLE = "TANDEM_FAILPOINT";

  /** What a shell reports of a process that was killed. */
  private static final int KILLED = 137;

  private final @Nullable FailPoint point;
  private final AtomicLong left;
  private final long delayMillis;

  /** The process to kill instead of this one; empty: this one. */
  private final Optional<Long> other;

  /** As the environment says. */
  public KillAtPoint() {
    String[] parts = System.getenv().getOrDefault(VARIABLE, "").split(":", -1);
    point =
        parts[0].isEmpty()
            ? null
            : FailPoint.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    left = new AtomicLong(parts.length > 1 ? Long.parseLong(parts[1]) : 1);
    delayMillis = parts.length > 2 ? Long.parseLong(parts[2]) : 0;
    other = parts.length > 3 ? Optional.of(Long.valueOf(parts[3])) : Optional.empty();
  }

  @Override
  public void reached(FailPoint reached) {
    if (reached != point || left.decrementAndGet() != 0) {
      return;
    }
    if (other.isPresent()) {
      ProcessHandle.of(other.get()).ifPresent(ProcessHandle::destroyForcibly);
      System.err.println("killed " + other.get() + " at " + reached.text());
      return;
    }
    System.err.println("killed at " + reached.text());
    System.err.flush();
    if (delayMillis == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
    Thread later = new Thread(this::halt, "kill");
    later.setDaemon(true);
    later.start();
  }

  private void halt() {
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(KILLED);
  }
}
