package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another command of Tandem, run as its own process through the launcher, as a user would. Closing
 * it asks it to stop, then makes it.
 */
public final class Child implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(8);
  private static final Pattern READY = Pattern.compile("ready: (http\\S+)");

  private final String name;
  private final Process process;
  private final Thread reader;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private Child(String name, Process process, Consumer<String> lines) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(() -> read(lines), name + " output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * @param home the folder of the launcher; its modules are built
   * @param lines takes every line that the command prints
   */
  public static Child start(Path home, List<String> arguments, Consumer<String> lines) {
    return start(home, arguments, Map.of(), lines);
  }

  /**
   * @param home the folder of the launcher; its modules are built
   * @param environment variables over those of this process
   * @param lines takes every line that the command prints
   */
  public static Child start(
      Path home, List<String> arguments, Map<String, String> environment, Consumer<String> lines) {
    List<String> command = new ArrayList<>(List.of(home.resolve("tandem").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TANDEM_BUILD", "never");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Child(arguments.get(0), process, lines);
    } catch (IOException e) {
      throw TandemException.failed("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.accept(line);
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher.group(1));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      lines.accept(name + ": output lost: " + e.getMessage());
    }
    ready.completeExceptionally(new IllegalStateException(name + " has ended"));
  }

  /** Waits for the end; the exit status. */
  public int join() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  /** The exit status, once it has ended and all that it printed was taken; empty before. */
  public OptionalInt status() {
    return process.isAlive() || reader.isAlive()
        ? OptionalInt.empty()
        : OptionalInt.of(process.exitValue());
  }

  /** Ends it as {@code kill -9} does, at once: the launcher has become the JVM itself. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Asks it to stop in good order; does not wait. */
  public void stop() {
    // Process.destroy would close what it still prints.
    process.toHandle().destroy();
  }

  /** The address in the line that says the service is ready, once it was printed. */
  public Optional<String> address() {
    return ready.isDone() && !ready.isCompletedExceptionally()
        ? Optional.of(ready.join())
        : Optional.empty();
  }

  /**
   * The address in the line that says the service is ready; empty when it ended or did not say so
   * in time.
   */
  Optional<String> awaitReady(Duration wait) throws InterruptedException {
    try {
      return Optional.of(ready.get(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
