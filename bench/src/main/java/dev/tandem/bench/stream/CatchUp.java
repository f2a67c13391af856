package dev.tandem.bench.stream;

import dev.tandem.bench.engine.Cost;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.SettledRows;
import dev.tandem.bench.work.TopicWatch;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One engine catching up once. The clock starts when the broker has sent the first bytes of the
 * events and stops when the last row can be read by a reader of committed records; start-up is a
 * figure of its own.
 */
final class CatchUp {
  private final Ground ground;
  private final StreamEngine engine;
  private final Topics topics;
  private long launched;
  private long first;

  CatchUp(Ground ground, StreamEngine engine) {
    this.ground = ground;
    this.engine = engine;
    this.topics = Topics.of(ground.work().pipeline());
  }

  /** The end of the work, and what the process had used by then. */
  private record End(long nanos, Cost cost, long records) {}

  Map<String, Double> measure() throws InterruptedException {
    prepare();
    Path folder = ground.work().temporary(engine.name());
    long readBefore = TopicWatch.bytesRead(topics.events());
    launched = System.nanoTime();
    Path log = ground.work().folder().resolve(engine.name() + ".log");
    try (EngineProcess process =
        EngineProcess.start(
            engine.starter().command(ground.bootstrap(), folder), log, line -> {})) {
      while (TopicWatch.bytesRead(topics.events()) == readBefore) {
        process.checkAlive();
        Thread.sleep(5);
      }
      first = System.nanoTime();
      return figures(engine.output().isPresent() ? awaitRows(process) : awaitEnd(process));
    } finally {
      Folders.delete(folder);
    }
  }

  private void prepare() throws InterruptedException {
    if (engine.isTandem()) {
      ground.clearForTandem();
    } else {
      ground.clear(engine.output());
    }
  }

  private End awaitEnd(EngineProcess process) throws InterruptedException {
    Cost cost = process.costAtEnd();
    if (process.join() != 0) {
      throw TandemException.failed(engine.name() + " failed: see its log");
    }
    return new End(System.nanoTime(), cost, 0);
  }

  private static final class Meter implements SettledRows.Watcher {
    private final EngineProcess process;
    private Cost cost;

    Meter(EngineProcess process) {
      this.process = process;
      this.cost = process.cost();
    }

    @Override
    public void check() {
      process.checkAlive();
    }

    @Override
    public void progress() {
      cost = process.cost();
    }
  }

  private End awaitRows(EngineProcess process) throws InterruptedException {
    Meter meter = new Meter(process);
    SettledRows rows = SettledRows.await(ground, engine.output().orElseThrow(), meter);
    return new End(rows.nanos(), meter.cost, rows.records());
  }

  private Map<String, Double> figures(End end) {
    double seconds = (end.nanos() - first) / 1e9;
    Map<String, Double> figures = new HashMap<>();
    figures.put("start_s", (first - launched) / 1e9);
    figures.put("work_s", seconds);
    figures.put("events_per_s", ground.events() / seconds);
    double cpu = end.cost().cpu().toMillis() / 1e3;
    figures.put("event_us", 1e6 * seconds / ground.events());
    figures.put("event_cpu_us", 1e6 * cpu / ground.events());
    figures.put("cpu_s", cpu);
    figures.put("peak_mb", (double) end.cost().peakMb());
    if (engine.output().isPresent()) {
      figures.put("records", (double) end.records());
    }
    return figures;
  }
}
