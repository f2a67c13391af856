package dev.tandem.bench.stream;

import dev.tandem.bench.Bench;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Work;
import dev.tandem.core.kafka.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All engines of the workload, the limit last. */
final class StreamEngines {
  private final Path home;
  private final Topics topics;

  StreamEngines(Bench bench, Work work) {
    this.home = bench.home();
    this.topics = Topics.of(work.pipeline());
  }

  List<StreamEngine> all() {
    return List.of(
        new StreamEngine("tandem", Optional.of(topics.aggregates()), this::tandem),
        new StreamEngine("kafka-streams", Optional.of("rows"), this::dsl),
        new StreamEngine("limit", Optional.empty(), this::limit));
  }

  private List<String> tandem(Ground ground, Path folder) {
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("tandem").toString(),
                "up",
                "-p",
                topics.pipeline(),
                "--port",
                "0",
                "--config",
                Work.config(home).toString(),
                "--bootstrap",
                ground.bootstrap()));
    Map.of("state.dir", folder.toString())
        .forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return command;
  }

  private List<String> dsl(Ground ground, Path folder) {
    List<String> command = java("bench/dsl-peer", "dev.tandem.bench.dsl.Main", "-Xmx1g");
    command.addAll(List.of(ground.bootstrap(), topics.events(), "rows", folder.toString(), "1000"));
    return command;
  }

  private List<String> limit(Ground ground, Path folder) {
    List<String> command = java("bench", "dev.tandem.bench.stream.ConsumerLimit", "-Xmx1g");
    command.addAll(List.of(ground.bootstrap(), topics.events()));
    return command;
  }

  /** This JVM's own Java, with the class path of one module alone. */
  private List<String> java(String module, String main, String heap) {
    Path target = home.resolve(module).resolve("target");
    Path jar = target.resolve(Path.of(module).getFileName() + ".jar");
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseParallelGC",
            "-Dlogback.configurationFile=" + home.resolve("config/logback.xml"),
            "-cp",
            jar + ":" + target.resolve("lib") + "/*",
            main));
  }
}
