package dev.tandem.bench.engine;

import dev.tandem.core.TandemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A process that prints a line when its work begins and another one when it is done, and then ends
 * by itself.
 *
 * @param command the program
 * @param log takes all that it prints
 * @param began what is in the line that says that work begins
 * @param done what is in the line that says that work is done
 */
public record MarkedRun(List<String> command, Path log, String began, String done) {
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration STUCK = Duration.ofMinutes(30);

  /**
   * Runs it to its end.
   *
   * @param events that are worked on
   * @return {@code start_s} until work begins, {@code work_s} until it is done, {@code
   *     events_per_s} of the work, {@code cpu_s} of it alone, {@code peak_mb}
   */
  public Map<String, Double> measure(long events) throws InterruptedException {
    CompletableFuture<Long> start = new CompletableFuture<>();
    CompletableFuture<Long> end = new CompletableFuture<>();
    long launched = System.nanoTime();
    try (EngineProcess process =
        EngineProcess.start(
            command,
            log,
            line -> {
              if (line.contains(began)) {
                start.complete(System.nanoTime());
              } else if (line.contains(done)) {
                end.complete(System.nanoTime());
              }
            })) {
      await(process, start, began);
      Cost before = process.cost();
      await(process, end, done);
      Cost after = process.cost();
      if (process.join() != 0) {
        throw TandemException.failed("the engine failed after its work: see " + log);
      }
      Map<String, Double> figures = new HashMap<>();
      figures.put("start_s", (start.join() - launched) / 1e9);
      double seconds = (end.join() - start.join()) / 1e9;
      figures.put("work_s", seconds);
      figures.put("events_per_s", events / seconds);
      figures.put("cpu_s", after.cpu().minus(before.cpu()).toMillis() / 1e3);
      figures.put("peak_mb", (double) after.peakMb());
      return figures;
    }
  }

  private void await(EngineProcess process, CompletableFuture<Long> mark, String line)
      throws InterruptedException {
    long patience = System.nanoTime() + STUCK.toNanos();
    while (!mark.isDone()) {
      if (!process.isAlive()) {
        // Its last lines may still be on their way.
        process.join();
        if (!mark.isDone()) {
          throw TandemException.failed("the engine did not say '" + line + "': see " + log);
        }
      } else if (System.nanoTime() > patience) {
        throw TandemException.failed(
            "the engine did not say '%s' in %d minutes: see %s"
                .formatted(line, STUCK.toMinutes(), log));
      }
      Thread.sleep(STEP.toMillis());
    }
  }
}
