package dev.tandem.localkafka.chaos;

import dev.tandem.localkafka.Child;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One process of the system, its output in a file of its own. */
final class Worker {
  private static final String KILLED_AT = "killed at ";

  /** Of a JVM that was asked to stop, 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  private static final String BROKER_SERVES = "Kafka listens on";

  private final Kind kind;
  private final String name;
  private final PrintWriter log;
  private final Child child;
  private volatile String lastLine = "";
  private volatile Optional<String> point = Optional.empty();
  private volatile boolean serves;
  private boolean killed;
  private boolean stopped;
  private final long began = System.nanoTime();

  /** What a process does. */
  enum Kind {
    BROKER,
    APP,
    REPLAY,
    BACKFILL,
    OTHER;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Worker(
      Kind kind,
      String name,
      Path home,
      List<String> arguments,
      Map<String, String> environment,
      Path logFile) {
    this.kind = kind;
    this.name = name;
    try {
      log = new PrintWriter(logFile.toFile(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    child = Child.start(home, arguments, environment, this::line);
  }

  private void line(String line) {
    log.println(line);
    log.flush();
    if (line.startsWith(KILLED_AT)) {
      point = Optional.of(line.substring(KILLED_AT.length()));
    }
    serves |= line.startsWith(BROKER_SERVES);
    if (!line.isBlank()) {
      lastLine = line;
    }
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** The exit status; empty while it runs. */
  OptionalInt status() {
    return child.status();
  }

  boolean isAlive() {
    return child.status().isEmpty();
  }

  /** Whether it serves: a broker that answers, an app that has said its address. */
  boolean isReady() {
    return isAlive() && (serves || child.address().isPresent());
  }

  /** Since its start. */
  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  String lastLine() {
    return lastLine;
  }

  /** The point at which it killed itself. */
  Optional<String> point() {
    return point;
  }

  /** Whether {@link #kill} was called, or it died at a point. */
  boolean wasKilled() {
    return killed || point.isPresent();
  }

  void kill() {
    killed = true;
    child.kill();
  }

  /** Asks it to stop in good order. */
  void stop() {
    stopped = true;
    child.stop();
  }

  /** Whether it ended with an error, of which nobody was the cause from outside. */
  boolean failed() {
    int status = status().orElse(0);
    return !wasKilled() && status != 0 && !(stopped && status == TERMINATED);
  }

  void join() throws InterruptedException {
    child.join();
  }
}
