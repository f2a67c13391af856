package dev.tandem.bench.stream;

import dev.tandem.bench.work.Ground;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is started on a topic of events.
 *
 * @param name in results
 * @param output the topic of its rows; empty of a limit, which ends by itself and publishes nothing
 */
record StreamEngine(String name, Optional<String> output, Starter starter) {

  /** Gives the command. */
  @FunctionalInterface
  interface Starter {
    /**
     * @param folder empty, for all that the engine keeps
     */
    List<String> command(Ground ground, Path folder);
  }

  boolean isTandem() {
    return name.startsWith("tandem");
  }
}
