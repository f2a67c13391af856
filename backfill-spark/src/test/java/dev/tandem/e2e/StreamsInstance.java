package dev.tandem.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One instance of the streams app: a process that can be started again in its state folder. */
final class StreamsInstance implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Commands commands;
  private final Path state;
  private TandemProcess process;
  private String address;

  private StreamsInstance(Commands commands, Path state) {
    this.commands = commands;
    this.state = state;
  }

  /** Starts one and does not wait for it. */
  static StreamsInstance launch(Commands commands, Path state) {
    StreamsInstance instance = new StreamsInstance(commands, state);
    instance.launch();
    return instance;
  }

  /** Starts it again, on another port. */
  void launch() {
    launch(Map.of());
  }

  /**
   * @param environment variables over those of this process
   */
  void launch(Map<String, String> environment) {
    process = commands.start(environment, "up", "--port", "0", "--set", "state.dir=" + state);
  }

  /** Waits until it says that it is ready. */
  StreamsInstance awaitReady() throws InterruptedException {
    address = process.await("ready: (http\\S+)", START);
    return this;
  }

  TandemProcess process() {
    return process;
  }

  Path state() {
    return state;
  }

  /** What a GET that succeeds answers. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** What it says of its pipeline. */
  JsonNode pipeline() throws IOException, InterruptedException {
    return get("/api/v1/" + commands.pipeline());
  }

  /** How many partitions of the rows it works on. */
  int partitions() throws IOException, InterruptedException {
    return pipeline().path("partitions_here").asInt();
  }

  /** Events that it, and whoever had its partitions before, have read. */
  long read() throws IOException, InterruptedException {
    return pipeline().path("ledger").path("read").asLong();
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
