package dev.tandem.core.config;

import dev.tandem.core.TandemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is wrong with a configuration, a line each, so that a user learns all of it at once. The
 * same line counts once. Not thread-safe.
 */
public final class Problems {

  private final Set<String> lines = new LinkedHashSet<>();

  /** Adds one, which names the thing, its value and the remedy. */
  public void add(String line) {
    lines.add(line);
  }

  /**
   * What {@code read} gives, or empty when it found wrong use, which is added. Any other failure
   * goes on its way.
   */
  public <T> Optional<T> collect(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (TandemException e) {
      if (e.exitCode() != TandemException.WRONG_USE) {
        throw e;
      }
      e.getMessage().lines().forEach(lines::add);
      return Optional.empty();
    }
  }

  /** As {@link #collect}, for a check that gives nothing. */
  public void check(Runnable check) {
    collect(
        () -> {
          check.run();
          return true;
        });
  }

  /** In the order in which they were found. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * @throws TandemException wrong use, with a line for each problem, unless there is none
   */
  public void refuse() {
    if (!lines.isEmpty()) {
      throw TandemException.wrongUse(String.join("\n", lines));
    }
  }
}
