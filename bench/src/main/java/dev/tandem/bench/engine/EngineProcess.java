package dev.tandem.bench.engine;

import dev.tandem.core.TandemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An engine in a process of its own; what it prints goes to a file. Closing it ends it. */
public final class EngineProcess implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;
  private final Thread reader;
  private volatile boolean ending;

  /** Ends it with this process, whatever ends that. */
  private final Thread hook;

  private EngineProcess(Process process, Path log, Consumer<String> lines) {
    this.process = process;
    this.log = log;
    this.hook = new Thread(process::destroy, "end of engine");
    Runtime.getRuntime().addShutdownHook(hook);
    this.reader = new Thread(() -> read(lines), "engine output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * @param command the program, which must become the engine itself and not a parent of it
   * @param log takes all that it prints
   * @param lines takes every line, too
   */
  public static EngineProcess start(List<String> command, Path log, Consumer<String> lines) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TANDEM_BUILD", "never");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new EngineProcess(process, log, lines);
    } catch (IOException e) {
      throw TandemException.failed("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer out = Files.newBufferedWriter(log)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.append(line).append('\n').flush();
        lines.accept(line);
      }
    } catch (IOException e) {
      // Its output may be closed while it is read, when it is ended.
      if (!ending) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What it has cost so far. */
  public Cost cost() {
    return Cost.of(process.toHandle());
  }

  /**
   * @throws TandemException when it has ended, with where its output is
   */
  public void checkAlive() {
    if (!process.isAlive()) {
      throw TandemException.failed(
          "the engine ended with status " + process.exitValue() + ": see " + log);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end; the exit status. */
  public int join() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  /** Waits for its end; what it had cost a moment before. */
  public Cost costAtEnd() throws InterruptedException {
    Cost cost = cost();
    while (process.isAlive()) {
      // Of a process that ends nothing is known any more.
      cost = cost.most(cost());
      process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS);
    }
    return cost;
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    ending = true;
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    ending = true;
    process.destroy();
    if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
    reader.join();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // It has run.
    }
  }
}
