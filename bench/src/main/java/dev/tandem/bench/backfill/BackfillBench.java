package dev.tandem.bench.backfill;

import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.JavaProgram;
import dev.tandem.bench.engine.MarkedRun;
import dev.tandem.bench.engine.Marks;
import dev.tandem.bench.engine.SparkFlags;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.PublishedLog;
import dev.tandem.bench.work.Rows;
import dev.tandem.bench.work.TopicWatch;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every engine in turn, as often as there are runs, from the same files. */
public final class BackfillBench {
  static final String WORKLOAD = "backfill";

  private static final String DATA_FRAMES = "spark-dataframes";
  private static final String TOPIC = "rows";
  private static final List<String> SMALL_HEAP = List.of("-Xmx1g");
  private static final List<String> HEAP =
      List.of("-Xms2g", "-Xmn1g", "-Xmx4g", "-XX:+UseParallelGC");

  private final Bench bench;
  private final Work work;

  public BackfillBench(Bench bench) throws InterruptedException {
    this.bench = bench;
    this.work = Work.of(bench);
  }

  /** Gives the command of a peer that leaves its rows in a folder. */
  @FunctionalInterface
  private interface Peer {
    List<String> command(Path rows);
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine fails or has other rows
   */
  public void run() throws InterruptedException, IOException {
    Map<String, Peer> peers = new LinkedHashMap<>();
    peers.put("duckdb", rows -> java(DuckDbPeer.class, SMALL_HEAP, rows));
    peers.put("java", rows -> java(JavaPeer.class, HEAP, rows));
    peers.put(DATA_FRAMES, rows -> dataFrames("Main", rows.toString()));
    try (Ground ground = Ground.empty(bench, work)) {
      Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
      measurements.put(TandemBackfill.NAME, new TandemBackfill(bench, ground)::measure);
      peers.forEach((name, peer) -> measurements.put(name, () -> measure(ground, name, peer)));
      measurements.put(DATA_FRAMES + "-published", () -> measurePublished(ground));
      bench.inTurn(measurements);
    }
  }

  /** As Tandem: first into an empty topic, then once more, where no row has to be published. */
  private void measurePublished(Ground ground) throws InterruptedException {
    ground.clear(Optional.of(TOPIC));
    TopicWatch watch = new TopicWatch(ground.admin());
    long before = 0;
    for (String name : List.of(DATA_FRAMES + "-published", DATA_FRAMES + "-again")) {
      Path log = work.folder().resolve(name + ".log");
      List<String> command = dataFrames("Nightly", ground.bootstrap(), TOPIC);
      Map<String, Double> figures =
          new MarkedRun(command, log, Marks.STARTED, Marks.DONE).measure(ground.events());
      check(name, ground.rows().compare(new PublishedLog(ground.bootstrap(), TOPIC)));
      long published = watch.committed(TOPIC);
      figures.put("published", (double) (published - before));
      before = published;
      bench.keep(WORKLOAD, name, work.name(), figures);
    }
  }

  private static void check(String name, Rows.Difference difference) {
    if (!difference.none()) {
      throw TandemException.failed(
          "%s has other rows: %,d are missing, %,d must not be there"
              .formatted(name, difference.missing(), difference.unexpected()));
    }
  }

  private void measure(Ground ground, String name, Peer peer) throws InterruptedException {
    Path rows = work.temporary(name);
    try {
      Path log = work.folder().resolve(name + ".log");
      Map<String, Double> figures =
          new MarkedRun(peer.command(rows), log, Marks.STARTED, Marks.DONE)
              .measure(ground.events());
      check(name, ground.rows().compare(rows));
      bench.keep(WORKLOAD, name, work.name(), figures);
    } finally {
      Folders.delete(rows);
    }
  }

  private List<String> java(Class<?> main, List<String> flags, Path rows) {
    return new JavaProgram(bench.home(), "bench", main.getName(), flags)
        .command(withFiles(rows.toString()));
  }

  private List<String> dataFrames(String main, String... target) {
    List<String> arguments = new ArrayList<>(List.of(target));
    arguments.addAll(List.of(Marks.STARTED, Marks.DONE));
    return new JavaProgram(
            bench.home(),
            "bench/dataframes-peer",
            "dev.tandem.bench.dataframes." + main,
            Stream.of(HEAP.stream(), JavaProgram.LESS_INLINING.stream(), SparkFlags.all())
                .flatMap(flags -> flags)
                .toList())
        .command("backfill-spark", withFiles(arguments.toArray(String[]::new)));
  }

  private List<String> withFiles(String... first) {
    List<String> arguments = new ArrayList<>(List.of(first));
    work.files().forEach(file -> arguments.add(file.toString()));
    return arguments;
  }
}
