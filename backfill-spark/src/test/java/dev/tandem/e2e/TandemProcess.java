package dev.tandem.e2e;

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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of the launcher as a process, its output kept. */
final class TandemProcess implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("tandem.home"));

  private final List<String> command;
  private final Process process;
  private final Thread reader;
  private final StringBuffer output = new StringBuffer();

  private TandemProcess(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.reader = new Thread(this::read, command.get(1) + " output");
    reader.setDaemon(true);
    reader.start();
  }

  static TandemProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  /**
   * @param environment variables over those of this process
   */
  static TandemProcess start(Map<String, String> environment, String... arguments) {
    TandemProcess process = startReading(environment, arguments);
    process.endInput();
    return process;
  }

  /** With a standard input that stays open until {@link #endInput}. */
  static TandemProcess startReading(String... arguments) {
    return startReading(Map.of(), arguments);
  }

  private static TandemProcess startReading(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("tandem").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TANDEM_BUILD", "never");
    // Most of these processes end before the second compiler pays.
    builder.environment().put("TANDEM_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    builder.environment().putAll(environment);
    try {
      return new TandemProcess(command, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text to a standard input that is open. */
  void send(String text) {
    try {
      process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(this + " takes no more input\n" + output, e);
    }
  }

  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs to the end; the output. */
  static String run(int expectedStatus, String... arguments) throws InterruptedException {
    try (TandemProcess process = start(arguments)) {
      long began = System.nanoTime();
      int status = process.join(Duration.ofMinutes(8));
      System.out.printf(
          "%.1f s, status %d: %s%n", (System.nanoTime() - began) / 1e9, status, process);
      if (status != expectedStatus) {
        throw new AssertionError(
            process
                + " ended with "
                + status
                + ", expected "
                + expectedStatus
                + "\n"
                + process.output());
      }
      return process.output();
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        output.append(line).append('\n');
      }
    } catch (IOException e) {
      output.append("output lost: ").append(e.getMessage());
    }
  }

  int join(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(this + " still runs after " + limit + "\n" + output);
    }
    reader.join();
    return process.exitValue();
  }

  String output() {
    return output.toString();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for a line of the output; its first group, or all that matched. */
  String await(String regex, Duration limit) throws InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher matcher = pattern.matcher(output);
      if (matcher.find()) {
        return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      }
      if (!process.isAlive()) {
        reader.join();
        if (!pattern.matcher(output).find()) {
          throw new AssertionError(this + " ended without /" + regex + "/\n" + output);
        }
      } else {
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    throw new AssertionError(this + " did not print /" + regex + "/ in " + limit + "\n" + output);
  }

  /** kill -9: the launcher has become the JVM itself. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks to stop; how long that took. */
  Duration stop() throws InterruptedException {
    long began = System.nanoTime();
    process.destroy();
    process.waitFor();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public String toString() {
    return "./tandem " + String.join(" ", command.subList(1, command.size()));
  }
}
