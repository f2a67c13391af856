package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a stream thread dies: where Kafka was away for too long, another thread goes on
 * from the last commit (where a topic is gone, {@link TopicWatch} says so meanwhile); anything else
 * would come again, so the pipeline stops and says why.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
  private static final long PAUSE_MILLIS = 1_000;

  private final String pipeline;
  private final Path folder;
  private final Consumer<Throwable> stopped;
  private final AtomicBoolean said = new AtomicBoolean();

  /**
   * @param folder of the app's state
   */
  FailurePolicy(String pipeline, Path folder, Consumer<Throwable> stopped) {
    this.pipeline = pipeline;
    this.folder = folder;
    this.stopped = stopped;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    if (isTransient(failure)) {
      LOG.warn("{}: Kafka did not answer ({}), trying on", pipeline, message(failure));
      pause();
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    Throwable described = describe(failure);
    if (!said.getAndSet(true)) {
      LOG.error("{} stops: {}", pipeline, message(described));
    }
    LOG.debug("{} stops", pipeline, failure);
    stopped.accept(described);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /**
   * Among others a commit to which Kafka did not answer in time: once Kafka is back it has ended
   * the transaction one way or the other, and the producer that still waits for it is of no use.
   */
  static boolean isTransient(Throwable failure) {
    return causes(failure)
        .anyMatch(
            e ->
                e instanceof RetriableException
                    || e instanceof InvalidTxnStateException
                    || e instanceof MissingSourceTopicException);
  }

  private Throwable describe(Throwable failure) {
    return known(failure, pipeline, folder).<Throwable>map(ours -> ours).orElse(failure);
  }

  /** The failure as one that a user can act on, where it is known to be one. */
  static RuntimeException described(RuntimeException failure, String pipeline, Path folder) {
    return known(failure, pipeline, folder).<RuntimeException>map(ours -> ours).orElse(failure);
  }

  private static Optional<TandemException> known(Throwable failure, String pipeline, Path folder) {
    if (causes(failure).anyMatch(TandemException.class::isInstance)) {
      return Optional.empty();
    }
    return KnownFailures.describe(causes(failure).toList(), pipeline, folder)
        .map(text -> TandemException.failed(text, failure));
  }

  /** What we say of it, else what the innermost cause says. */
  static String message(Throwable failure) {
    Optional<Throwable> ours =
        causes(failure).filter(TandemException.class::isInstance).findFirst();
    if (ours.isPresent()) {
      return String.valueOf(ours.get().getMessage());
    }
    Throwable root = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(50);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
