package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The phases of the demo: a broker in this process, and the commands that a user would run as
 * processes of their own. Closing it stops them in order and deletes its folder.
 */
final class Demo implements AutoCloseable {
  private static final int SAMPLE_EVENTS = 60_000;
  private static final Duration START = Duration.ofSeconds(90);

  private final Settings settings;
  private final List<String> common;
  private final String pipeline;
  private final Optional<Path> data;
  private final Optional<Integer> port;
  private final Path folder;
  private final PrintWriter out;
  private final List<AutoCloseable> running = new ArrayList<>();
  private String address = "";
  private int phase;
  private boolean closed;

  /**
   * @param common the options that every command gets
   * @param folder for everything that the demo keeps; deleted at the end
   */
  Demo(
      Settings settings,
      List<String> common,
      String pipeline,
      Optional<Path> data,
      Optional<Integer> port,
      Path folder,
      PrintWriter out) {
    this.settings = settings;
    this.common = common;
    this.pipeline = pipeline;
    this.data = data;
    this.port = port;
    this.folder = folder;
    this.out = out;
  }

  /** Runs all phases; the exit status. */
  int run() throws InterruptedException {
    Instant began = Instant.now();
    Path history = history();
    String files = history.toString();

    phase("Broker", "an embedded Kafka in this process");
    LocalKafka kafka =
        started(LocalKafka.start(new LocalKafka.Config(0, folder.resolve("kafka"), Map.of())));
    say("Kafka listens on " + kafka.bootstrap());
    command(List.of("topics", "create", "-p", pipeline), kafka);

    phase("Streams app", "keeps every aggregate live, as a service of its own");
    startApp(kafka);

    phase("Faulty stream", "what a broken sensor sends, before the truth is replayed");
    PipelineDefinition definition = PipelineLoader.load(settings.configDir(), pipeline);
    say(new FaultyEvents(definition, kafka.bootstrap()).publish(history));

    phase("Replay", "the history into " + pipeline + ".events, in event order, each event once");
    command(List.of("replay", "-p", pipeline, files), kafka);
    new CatchUp(kafka.bootstrap(), definition).await(this::say);

    phase("Backfill", "Spark recomputes history, compares, publishes what was wrong");
    command(List.of("backfill", "-p", pipeline, "--files", files), kafka);

    phase("Check", "every row recomputed and compared with what is served");
    int status = run(List.of("verify", "-p", pipeline, "--files", files), kafka);
    say(
        status == 0
            ? "Done in " + Duration.between(began, Instant.now()).toSeconds() + " s: 0 different"
            : "The check failed");
    return status;
  }

  private Path history() throws InterruptedException {
    if (data.isPresent()) {
      phase("History", data.get().toString());
      return data.get().toAbsolutePath().normalize();
    }
    phase("History", "a made-up one, with the defects that real files have");
    Path history = folder.resolve("history");
    List<String> generate =
        List.of(
            "generate",
            "-p",
            pipeline,
            "--events",
            Integer.toString(SAMPLE_EVENTS),
            "--seed",
            "1",
            "--out",
            history.toString());
    require(generate, child(generate, this::say).join());
    return history;
  }

  private void startApp(LocalKafka kafka) throws InterruptedException {
    Path log = folder.resolve("up.log");
    List<String> up =
        new ArrayList<>(
            List.of("up", "-p", pipeline, "--set", "state.dir=" + folder.resolve("state")));
    port.ifPresent(n -> up.addAll(List.of("--port", n.toString())));
    Child app = child(with(kafka, up), line -> append(log, line));
    Optional<String> ready = app.awaitReady(START);
    if (ready.isEmpty()) {
      say(tail(log));
      throw TandemException.failed("the streams app did not get ready");
    }
    address = ready.get();
    say("live at " + address);
  }

  private void command(List<String> arguments, LocalKafka kafka) throws InterruptedException {
    require(arguments, run(arguments, kafka));
  }

  private int run(List<String> arguments, LocalKafka kafka) throws InterruptedException {
    return child(with(kafka, arguments), this::say).join();
  }

  private static void require(List<String> arguments, int status) {
    if (status != 0) {
      throw TandemException.failed(
          "./tandem " + String.join(" ", arguments) + " ended with status " + status);
    }
  }

  private static List<String> with(LocalKafka kafka, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--bootstrap", kafka.bootstrap()));
    return all;
  }

  private Child child(List<String> arguments, Consumer<String> lines) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(common);
    all.addAll(LocalKafka.OPTIONS);
    return started(Child.start(settings.home(), all, lines));
  }

  private synchronized <T extends AutoCloseable> T started(T part) {
    if (closed) {
      closeQuietly(part);
      throw TandemException.failed("the demo is stopping");
    }
    running.add(part);
    return part;
  }

  /** Waits for Ctrl-C. */
  void serve() throws InterruptedException {
    say("");
    say("Serving at " + address + " until Ctrl-C. Try:");
    say("  curl '" + address + "/api/v1/" + pipeline + "'");
    new CountDownLatch(1).await();
  }

  private void phase(String name, String what) {
    phase++;
    say("");
    say("[" + phase + "/7] " + name + ": " + what);
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  private static void append(Path log, String line) {
    try {
      Files.writeString(
          log,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    List<AutoCloseable> parts;
    synchronized (this) {
      closed = true;
      parts = new ArrayList<>(running);
    }
    // The last started first: the broker outlives who talks to it.
    for (int i = parts.size() - 1; i >= 0; i--) {
      closeQuietly(parts.get(i));
    }
    Folders.delete(folder);
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("tandem: stopping: " + e.getMessage());
    }
  }
}
