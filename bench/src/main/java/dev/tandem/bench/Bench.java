package dev.tandem.bench;

import dev.tandem.bench.result.Machine;
import dev.tandem.bench.result.ResultLog;
import dev.tandem.bench.result.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one call of the command measures, and with what.
 *
 * @param home the folder of the launcher; its modules are built
 * @param folder where prepared work is kept from one call to the next
 * @param runs of every engine
 * @param events of the made-up history
 * @param data real files instead of it
 * @param engines names of those that are measured; empty: all
 */
public record Bench(
    Path home,
    Path folder,
    int runs,
    long events,
    Optional<Path> data,
    List<String> engines,
    Machine machine,
    ResultLog log,
    PrintWriter out) {

  public Bench {
    engines = List.copyOf(engines);
  }

  /** The same on another number of made-up events. */
  public Bench with(long number) {
    return new Bench(home, folder, runs, number, Optional.empty(), engines, machine, log, out);
  }

  /** Tells a line to who waits. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** The command that measures one workload this way. */
  public String command(String workload) {
    return "./tandem bench "
        + workload
        + data.map(dir -> " --data " + dir.getFileName()).orElse(" --events " + events);
  }

  /** Keeps what was measured, and tells it. */
  public void keep(String workload, String engine, String work, Map<String, Double> figures) {
    keep(workload, engine, work, command(workload), figures);
  }

  /** Keeps what was measured by a command of its own, and tells it. */
  public void keep(
      String workload, String engine, String work, String command, Map<String, Double> figures) {
    log.add(new Run(workload, engine, work, Instant.now(), command, machine, figures));
    StringBuilder text = new StringBuilder(engine).append(':');
    new TreeMap<>(figures)
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, " %s %,.2f", name, value)));
    say(text.toString());
  }

  /** One run of an engine. */
  @FunctionalInterface
  public interface Measurement {
    void run() throws InterruptedException, IOException;
  }

  /**
   * Runs those engines that are measured in turn, as often as there are runs; each time another one
   * is the first, since what comes later finds a broker that is warmer.
   */
  public void inTurn(Map<String, Measurement> engines) throws InterruptedException, IOException {
    List<Measurement> order = new ArrayList<>();
    engines.forEach(
        (name, engine) -> {
          if (wants(name)) {
            order.add(engine);
          }
        });
    for (int run = 1; run <= runs; run++) {
      say("run %d of %d".formatted(run, runs));
      for (Measurement engine : order) {
        engine.run();
      }
      Collections.rotate(order, -1);
    }
  }

  /** Whether an engine is measured. */
  public boolean wants(String engine) {
    return engines.isEmpty() || engines.contains(engine);
  }
}
