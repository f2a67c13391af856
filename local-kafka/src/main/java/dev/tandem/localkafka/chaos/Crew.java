package dev.tandem.localkafka.chaos;

import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the processes of one system, and knows all that it has started. */
final class Crew {
  private final Path home;
  private final Path folder;
  private final String pipeline;
  private final int port;
  private final List<String> common;
  private final List<Worker> started = new ArrayList<>();
  private int number;

  /**
   * @param home the folder of the launcher
   * @param folder for everything that the system keeps
   * @param port of the broker
   * @param common options that every command gets
   */
  Crew(Path home, Path folder, String pipeline, int port, List<String> common) {
    this.home = home;
    this.folder = folder;
    this.pipeline = pipeline;
    this.port = port;
    this.common = common;
    try {
      Files.createDirectories(folder.resolve("logs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  Worker broker() {
    return start(
        Worker.Kind.BROKER,
        "broker",
        List.of(
            "kafka", "--port", Integer.toString(port), "--dir", folder.resolve("kafka").toString()),
        Map.of());
  }

  Worker app(int instance, Map<String, String> environment) {
    return command(
        Worker.Kind.APP,
        "app " + instance,
        List.of(
            "up",
            "-p",
            pipeline,
            "--port",
            "0",
            "--set",
            "state.dir=" + folder.resolve("app-" + instance)),
        environment);
  }

  /** A command that talks to the broker; the pipeline is among its arguments. */
  Worker command(
      Worker.Kind kind, String name, List<String> arguments, Map<String, String> environment) {
    List<String> all = new ArrayList<>(arguments);
    // Long enough for a broker that is killed to be back.
    all.addAll(List.of("--bootstrap", bootstrap(), "--set", "connect.timeout=120s"));
    all.addAll(LocalKafka.OPTIONS);
    return start(kind, name, all, environment);
  }

  private Worker start(
      Worker.Kind kind, String name, List<String> arguments, Map<String, String> environment) {
    // Ours last: of two settings of the same key the last one counts.
    List<String> all = new ArrayList<>(arguments.subList(0, 1));
    all.addAll(common);
    all.addAll(arguments.subList(1, arguments.size()));
    Path log =
        folder.resolve("logs").resolve("%04d-%s.log".formatted(++number, name.replace(' ', '-')));
    started.removeIf(w -> !w.isAlive());
    Worker worker = new Worker(kind, name, home, all, environment, log);
    started.add(worker);
    return worker;
  }

  /** Ends all that still runs, the last started first, and waits for it. */
  void stopAll() throws InterruptedException {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).kill();
    }
    for (Worker worker : started) {
      worker.join();
    }
  }
}
