package dev.tandem.bench.stream;

import dev.tandem.bench.engine.JavaProgram;
import dev.tandem.bench.engine.SparkFlags;
import dev.tandem.bench.work.Work;
import dev.tandem.core.kafka.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The engines that live on a topic of events, each with two threads and a heap of 1 GB. */
public final class StreamEngines {
  private static final String ROWS = "rows";
  private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseParallelGC");

  /** And what the launcher has the compilers of Tandem's app do: Spark and Flink gain by it. */
  private static final List<String> COMPILING_LESS =
      Stream.of(
              JVM.stream(),
              JavaProgram.LESS_INLINING.stream(),
              Stream.of(
                  "-XX:Tier4InvocationThreshold=20000",
                  "-XX:Tier4MinInvocationThreshold=3000",
                  "-XX:Tier4CompileThreshold=60000",
                  "-XX:Tier4BackEdgeThreshold=160000"))
          .flatMap(flags -> flags)
          .toList();

  private final Path home;
  private final Topics topics;

  /**
   * @param home the folder of the launcher
   * @param topics of the pipeline that is measured
   */
  public StreamEngines(Path home, Topics topics) {
    this.home = home;
    this.topics = topics;
  }

  /**
   * Tandem.
   *
   * @param name in results, beginning with {@code tandem}
   * @param settings over its own
   */
  public StreamEngine tandem(String name, Map<String, String> settings) {
    return new StreamEngine(
        name,
        Optional.of(topics.aggregates()),
        (bootstrap, folder) -> tandem(settings, bootstrap, folder),
        () -> {});
  }

  /** The ordinary Kafka Streams DSL. */
  public StreamEngine kafkaStreams(int commitMs) {
    return peer(
        "kafka-streams",
        new JavaProgram(home, "bench/dsl-peer", "dev.tandem.bench.dsl.Main", JVM),
        Integer.toString(commitMs));
  }

  /** Flink. */
  public StreamEngine flink(int checkpointMs) {
    return peer(
        "flink",
        new JavaProgram(home, "bench/flink-peer", "dev.tandem.bench.flink.Main", COMPILING_LESS),
        Integer.toString(checkpointMs));
  }

  /**
   * Spark Structured Streaming.
   *
   * @param triggerMs between the starts of micro-batches; 0: as fast as they go
   * @param mostEvents of a micro-batch
   */
  public StreamEngine spark(int triggerMs, int mostEvents) {
    return peer(
        "spark",
        new JavaProgram(
            home,
            "bench/spark-peer",
            "dev.tandem.bench.spark.Main",
            Stream.concat(COMPILING_LESS.stream(), SparkFlags.all()).toList()),
        Integer.toString(triggerMs),
        Integer.toString(mostEvents));
  }

  /** What reading the events and publishing the rows costs without an engine. */
  public StreamEngine plainJava(int commitMs) {
    JavaProgram program =
        new JavaProgram(home, "bench", "dev.tandem.bench.stream.PlainJava", COMPILING_LESS);
    return peer("java", program, Integer.toString(commitMs));
  }

  /** What reading the events costs alone. */
  public StreamEngine limit() {
    JavaProgram program =
        new JavaProgram(home, "bench", "dev.tandem.bench.stream.ConsumerLimit", JVM);
    return new StreamEngine(
        "limit",
        Optional.empty(),
        (bootstrap, folder) -> program.command(List.of(bootstrap, topics.events())),
        () -> {});
  }

  private StreamEngine peer(String name, JavaProgram program, String... more) {
    return new StreamEngine(
        name,
        Optional.of(ROWS),
        (bootstrap, folder) -> {
          List<String> arguments =
              new ArrayList<>(List.of(bootstrap, topics.events(), ROWS, folder.toString()));
          arguments.addAll(List.of(more));
          return program.command(arguments);
        },
        program::build);
  }

  private List<String> tandem(Map<String, String> settings, String bootstrap, Path folder) {
    List<String> command =
        Work.tandem(home, bootstrap, "up", "--port", "0", "--set", "state.dir=" + folder);
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return command;
  }
}
