package dev.tandem.bench.backfill;

import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.JavaProgram;
import dev.tandem.bench.engine.MarkedRun;
import dev.tandem.bench.engine.Marks;
import dev.tandem.bench.engine.SparkFlags;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Rows;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every engine in turn, as often as there are runs, from the same files. */
public final class BackfillBench {
  static final String WORKLOAD = "backfill";

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
    peers.put("spark-dataframes", this::dataFrames);
    try (Ground ground = Ground.empty(bench, work)) {
      Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
      measurements.put(TandemBackfill.NAME, new TandemBackfill(bench, ground)::measure);
      peers.forEach((name, peer) -> measurements.put(name, () -> measure(ground, name, peer)));
      bench.inTurn(measurements);
    }
  }

  private void measure(Ground ground, String name, Peer peer) throws InterruptedException {
    Path rows = work.temporary(name);
    try {
      Path log = work.folder().resolve(name + ".log");
      Map<String, Double> figures =
          new MarkedRun(peer.command(rows), log, Marks.STARTED, Marks.DONE)
              .measure(ground.events());
      Rows.Difference difference = ground.rows().compare(rows);
      if (!difference.none()) {
        throw TandemException.failed(
            "%s has other rows: %,d are missing, %,d must not be there"
                .formatted(name, difference.missing(), difference.unexpected()));
      }
      bench.keep(WORKLOAD, name, work.name(), figures);
    } finally {
      Folders.delete(rows);
    }
  }

  private List<String> java(Class<?> main, List<String> flags, Path rows) {
    return new JavaProgram(bench.home(), "bench", main.getName(), flags).command(arguments(rows));
  }

  private List<String> dataFrames(Path rows) {
    List<String> arguments = arguments(rows);
    arguments.addAll(1, List.of(Marks.STARTED, Marks.DONE));
    return new JavaProgram(
            bench.home(),
            "bench/dataframes-peer",
            "dev.tandem.bench.dataframes.Main",
            Stream.of(HEAP.stream(), JavaProgram.LESS_INLINING.stream(), SparkFlags.all())
                .flatMap(flags -> flags)
                .toList())
        .command("backfill-spark", arguments);
  }

  private List<String> arguments(Path rows) {
    List<String> arguments = new ArrayList<>(List.of(rows.toString()));
    work.files().forEach(file -> arguments.add(file.toString()));
    return arguments;
  }
}
