package dev.tandem.bench.app;

import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.Cost;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code tandem up} in a process of its own, on a free port. Closing it ends it in good order. */
public final class TandemApp implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready: (http\\S+)");
  private static final Duration START = Duration.ofMinutes(3);

  private final EngineProcess process;
  private final CompletableFuture<URI> address;
  private final Path log;

  private TandemApp(EngineProcess process, CompletableFuture<URI> address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts it; it may not serve yet.
   *
   * @param folder of all that it keeps
   * @param settings such as {@code query.memory=0}
   */
  public static TandemApp start(Bench bench, Ground ground, Path folder, String... settings) {
    List<String> command =
        Work.tandem(
            bench.home(), ground.bootstrap(), "up", "--port", "0", "--set", "state.dir=" + folder);
    Stream.of(settings).forEach(setting -> command.addAll(List.of("--set", setting)));
    Path log = ground.work().folder().resolve("tandem.log");
    CompletableFuture<URI> address = new CompletableFuture<>();
    return new TandemApp(
        EngineProcess.start(
            command,
            log,
            line -> {
              Matcher ready = READY.matcher(line);
              if (ready.find()) {
                address.complete(URI.create(ready.group(1)));
              }
            }),
        address,
        log);
  }

  /**
   * Waits until it says that it is ready.
   *
   * @return the address of its API
   */
  public URI await() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      process.checkAlive();
      try {
        return address.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        continue;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    throw TandemException.failed(
        "the streams app was not ready in %d s: see %s".formatted(START.toSeconds(), log));
  }

  /** What it has cost so far. */
  public Cost cost() {
    return process.cost();
  }

  /**
   * @throws TandemException when it has ended
   */
  public void checkAlive() {
    process.checkAlive();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
