package dev.tandem.e2e;

import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A broker in this JVM and the streams app as a process, for one pipeline. */
final class TestSystem implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  private final Path folder;
  private final String pipeline;
  private final List<String> common;
  private final LocalKafka kafka;
  private TandemProcess up;
  private String address;

  /**
   * @param common options for every command; backfills learn nothing unless they say so
   */
  TestSystem(Path folder, String pipeline, String... common) throws InterruptedException {
    this.folder = folder;
    this.pipeline = pipeline;
    this.kafka = LocalKafka.start(LocalKafka.Config.in(folder.resolve("kafka")));
    // Learning takes every backfill some seconds; who looks at it says so.
    this.common = new ArrayList<>(List.of("--set", "decisions.learn=false"));
    this.common.addAll(List.of(common));
    this.common.addAll(
        List.of(
            "--bootstrap",
            kafka.bootstrap(),
            "--set",
            "state.dir=" + folder.resolve("state"),
            "--set",
            "ack.timeout=240s"));
    startApp();
  }

  void startApp() throws InterruptedException {
    startApp("ready: (http\\S+)");
  }

  /**
   * Starts the app and does not wait longer than for a line.
   *
   * @param line with the address as its first group
   */
  void startApp(String line) throws InterruptedException {
    up = TandemProcess.start(arguments("up", List.of("--port", "0")));
    address = up.await(line, START);
  }

  /** Where the app serves. */
  String address() {
    return address;
  }

  /** The streams app. */
  TandemProcess app() {
    return up;
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  /** Runs a command to its end; its output. */
  String run(int expectedStatus, String command, String... arguments) throws InterruptedException {
    return TandemProcess.run(expectedStatus, arguments(command, List.of(arguments)));
  }

  TandemProcess start(String command, String... arguments) {
    return TandemProcess.start(arguments(command, List.of(arguments)));
  }

  TandemProcess startReading(String command, String... arguments) {
    return TandemProcess.startReading(arguments(command, List.of(arguments)));
  }

  private String[] arguments(String command, List<String> more) {
    List<String> all = new ArrayList<>(List.of(command, "-p", pipeline));
    all.addAll(more);
    all.addAll(common);
    return all.toArray(String[]::new);
  }

  /** The body of a GET that succeeds. */
  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws InterruptedException {
    up.close();
    kafka.close();
  }
}
