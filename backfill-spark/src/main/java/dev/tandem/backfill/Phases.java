package dev.tandem.backfill;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells a person what a command is doing: each phase, how far it is, what came of it. */
final class Phases {
  private static final int PROGRESS_SECONDS = 5;

  private final PrintWriter out;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  Phases(PrintWriter out) {
    this.out = out;
  }

  /** Seconds by phase, in order. */
  Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }

  /** Forgets the times so far: another run begins. */
  void startOver() {
    seconds.clear();
  }

  void line(String format, Object... values) {
    out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /**
   * Does one phase.
   *
   * @param key how its time is called in reports
   * @param what what it does, for a person
   * @param progress how far it is; shown every few seconds where there is something to show
   * @param outcome what came of it, for a person
   */
  <T> T run(
      String key,
      String what,
      Supplier<Optional<String>> progress,
      Supplier<T> work,
      Function<T, String> outcome) {
    line(what);
    long start = System.nanoTime();
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ticker.scheduleAtFixedRate(
          () -> progress.get().ifPresent(p -> line("  ... %s, %.0f s", p, since(start))),
          PROGRESS_SECONDS,
          PROGRESS_SECONDS,
          TimeUnit.SECONDS);
      T result = work.get();
      seconds.merge(key, since(start), Double::sum);
      line("  %s (%.1f s)", outcome.apply(result), since(start));
      return result;
    } finally {
      ticker.shutdownNow();
    }
  }

  private static double since(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }
}
