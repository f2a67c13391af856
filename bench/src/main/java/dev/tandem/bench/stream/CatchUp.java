package dev.tandem.bench.stream;

import dev.tandem.bench.engine.Cost;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.PublishedLog;
import dev.tandem.bench.work.Rows;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One engine catching up once. The clock starts when the broker has sent the first bytes of the
 * events and stops when the last row can be read by a reader of committed records; start-up is a
 * figure of its own.
 */
final class CatchUp {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration STUCK = Duration.ofMinutes(4);

  private final Ground ground;
  private final StreamEngine engine;
  private final Topics topics;
  private final TopicWatch watch;
  private long launched;
  private long first;

  CatchUp(Ground ground, StreamEngine engine) {
    this.ground = ground;
    this.engine = engine;
    this.topics = Topics.of(ground.work().pipeline());
    this.watch = new TopicWatch(ground.admin());
  }

  /** The end of the work, and what the process had used by then. */
  private record End(long nanos, Cost cost, long records) {}

  Map<String, Double> measure() throws InterruptedException {
    prepare();
    Path folder = folder();
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
    ground.clear(engine.output().filter(topic -> !engine.isTandem()));
    if (engine.isTandem()) {
      new TopicAdmin(ground.admin(), topics).create(Ground.PARTITIONS);
    }
  }

  private Path folder() {
    try {
      return Files.createTempDirectory(ground.work().folder(), engine.name());
    } catch (IOException e) {
      throw TandemException.failed("cannot make a folder for " + engine.name() + ": " + e, e);
    }
  }

  private End awaitEnd(EngineProcess process) throws InterruptedException {
    Cost cost = process.cost();
    while (process.isAlive()) {
      Cost now = process.cost();
      // Of one that has just ended, the system tells nothing.
      cost = now.cpu().compareTo(cost.cpu()) < 0 || now.peakMb() < cost.peakMb() ? cost : now;
      Thread.sleep(STEP.toMillis());
    }
    if (process.join() != 0) {
      throw TandemException.failed(engine.name() + " failed: see its log");
    }
    return new End(System.nanoTime(), cost, 0);
  }

  /** Waits until the rows are right; the end is when they became so, not when that was seen. */
  private End awaitRows(EngineProcess process) throws InterruptedException {
    String output = engine.output().orElseThrow();
    long expected = ground.rows().expected();
    End last = new End(first, process.cost(), 0);
    boolean compared = true;
    while (true) {
      process.checkAlive();
      long records = watch.committed(output);
      long now = System.nanoTime();
      if (records != last.records()) {
        last = new End(now, process.cost(), records);
        compared = false;
      } else if (!compared && records >= expected && now - last.nanos() > QUIET.toNanos()) {
        Rows.Difference difference =
            ground.rows().compare(new PublishedLog(ground.bootstrap(), output));
        if (difference.none()) {
          return last;
        }
        compared = true;
      } else if (now - last.nanos() > STUCK.toNanos()) {
        throw TandemException.failed(
            "%s has published nothing for %d s and its rows are not right: see its log"
                .formatted(engine.name(), STUCK.toSeconds()));
      }
      Thread.sleep(STEP.toMillis());
    }
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
