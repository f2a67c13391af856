package dev.tandem.bench.stream;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is started on a topic of events.
 *
 * @param name in results
 * @param output the topic of its rows; empty of a limit, which ends by itself and publishes nothing
 * @param builder makes sure that it is built
 */
public record StreamEngine(String name, Optional<String> output, Starter starter, Builder builder) {

  /** Gives the command. */
  @FunctionalInterface
  public interface Starter {
    /**
     * @param bootstrap of the broker that has the events
     * @param folder empty, for all that the engine keeps
     */
    List<String> command(String bootstrap, Path folder);
  }

  /** Builds an engine where that is still to be done. */
  @FunctionalInterface
  public interface Builder {
    void build() throws InterruptedException;
  }

  /** Whether its rows go to a topic of the pipeline, which Tandem makes. */
  public boolean isTandem() {
    return name.startsWith("tandem");
  }
}
