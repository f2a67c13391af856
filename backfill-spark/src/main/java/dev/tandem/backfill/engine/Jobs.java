package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.aggregate.RowOverflowException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs Spark's jobs and says why one failed. Spark throws a checked exception that no signature
 * declares, around what a task threw.
 */
final class Jobs {
  private static final int DEEPEST = 50;
  private static final String FULL = "No space left on device";

  private Jobs() {}

  /**
   * @throws TandemException when a task failed for a reason that a user can act on
   * @throws RuntimeException what a task threw, or an {@link IllegalStateException} around it
   */
  static <T> T run(Supplier<T> job) {
    try {
      return job.get();
    } catch (Exception e) {
      throw described(e);
    }
  }

  private static RuntimeException described(Exception failure) {
    for (Throwable cause : causes(failure)) {
      if (cause instanceof TandemException ours) {
        return ours;
      } else if (cause instanceof RowOverflowException overflow) {
        return TandemException.failed(String.valueOf(overflow.getMessage()), failure);
      }
    }
    for (Throwable cause : causes(failure)) {
      if (String.valueOf(cause.getMessage()).contains(FULL)) {
        return TandemException.failed(
            "no space left for Spark's temporary files (%s, unless spark.local.dir says otherwise): make room there, or name another folder with spark.local.dir in config/spark.properties, and rerun; nothing was published"
                .formatted(System.getProperty("java.io.tmpdir")),
            failure);
      }
    }
    if (failure instanceof RuntimeException unexpected) {
      return unexpected;
    }
    return failure.getCause() instanceof RuntimeException thrown
        ? thrown
        : new IllegalStateException("Spark failed: " + failure.getMessage(), failure);
  }

  private static Iterable<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST)
        .toList();
  }
}
