package dev.tandem.bench.latency;

import dev.tandem.bench.engine.Cost;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.stream.StreamEngine;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.PublishedLog;
import dev.tandem.bench.work.Rows;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One engine under the load once, on a broker of its own that is empty at first. The load begins
 * when the row of a first event can be read; in the end all rows are compared with DuckDB's.
 */
final class SteadyRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String READY = "ready: ";

  private final Path folder;
  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final LatencyEngine engine;
  private final Pace pace;
  private final Waits waits = new Waits();
  private final CompletableFuture<String> url = new CompletableFuture<>();

  /**
   * @param folder of this workload
   */
  SteadyRun(Path folder, PipelineDefinition pipeline, LatencyEngine engine, Pace pace) {
    this.folder = folder;
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.engine = engine;
    this.pace = pace;
  }

  Map<String, Double> measure() throws InterruptedException, IOException {
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, "run");
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(work.resolve("kafka")))) {
      makeTopics(kafka.bootstrap());
      return measure(kafka.bootstrap(), work);
    } finally {
      Folders.delete(work);
    }
  }

  private void makeTopics(String bootstrap) throws InterruptedException {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
      new TopicAdmin(admin, topics).create(Ground.PARTITIONS);
      if (!engine.engine().isTandem()) {
        NewTopic rows =
            new NewTopic(output(), Ground.PARTITIONS, (short) 1)
                .configs(Map.of("cleanup.policy", "compact"));
        admin.createTopics(List.of(rows)).all().get();
      }
    } catch (ExecutionException e) {
      throw TandemException.failed("Kafka refused: " + e.getCause(), e);
    }
  }

  private String output() {
    return engine.engine().output().orElseThrow();
  }

  private Map<String, Double> measure(String bootstrap, Path work)
      throws InterruptedException, IOException {
    StreamEngine started = engine.engine();
    Path state = Files.createDirectory(work.resolve("state"));
    Path lines = work.resolve("events.jsonl");
    Path log = folder.resolve(started.name() + ".log");
    LiveTrips trips = new LiveTrips(pipeline, Ground.PARTITIONS);
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    try (EngineProcess process =
        EngineProcess.start(started.starter().command(bootstrap, state), log, this::see)) {
      Cost cost;
      try (Load load = new Load(bootstrap, topics.events(), trips, waits, lines);
          Reader reader = reader(bootstrap)) {
        load.first();
        readAll(process, reader, CompletableFuture.completedFuture(null));
        readAll(process, reader, publisher.submit(() -> load.run(pace)));
        cost = process.cost();
      }
      compare(bootstrap, work, lines);
      Map<String, Double> figures = new HashMap<>(waits.figures());
      figures.put("cpu_s", cost.cpu().toMillis() / 1e3);
      figures.put("peak_mb", (double) cost.peakMb());
      return figures;
    } finally {
      publisher.shutdownNow();
    }
  }

  private void see(String line) {
    if (line.startsWith(READY)) {
      url.complete(line.substring(READY.length()).strip());
    }
  }

  private Reader reader(String bootstrap) throws InterruptedException {
    if (!engine.rest()) {
      return new TopicReader(bootstrap, output(), Ground.PARTITIONS);
    }
    try {
      return new RestReader(url.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), topics.pipeline());
    } catch (ExecutionException | TimeoutException e) {
      throw TandemException.failed(engine.engine().name() + " did not get ready: see its log", e);
    }
  }

  /** Reads until all is published and every event is counted by a row that was read. */
  private void readAll(EngineProcess process, Reader reader, Future<?> publishing)
      throws InterruptedException {
    long progress = System.nanoTime();
    long before = waits.open();
    while (!publishing.isDone() || waits.open() > 0) {
      process.checkAlive();
      reader.read(waits);
      long open = waits.open();
      if (open != before || !publishing.isDone()) {
        before = open;
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw TandemException.failed(
            "%s does not count %,d events, %d s after the last one: see its log"
                .formatted(engine.engine().name(), open, PATIENCE.toSeconds()));
      }
    }
    try {
      publishing.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load ended", e.getCause());
    }
  }

  private void compare(String bootstrap, Path work, Path lines) throws InterruptedException {
    try (Rows rows = Rows.open(work.resolve("expected.duckdb"))) {
      rows.expect(lines);
      PublishedLog published = new PublishedLog(bootstrap, output());
      long begun = System.nanoTime();
      Rows.Difference difference = rows.compare(published);
      while (!difference.none()) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw TandemException.failed(
              "%s published other rows than DuckDB: %s"
                  .formatted(engine.engine().name(), difference));
        }
        Thread.sleep(500);
        difference = rows.compare(published);
      }
    }
  }
}
