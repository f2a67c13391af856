package dev.tandem.streams.service;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a stream thread dies: where Kafka was away for too long, another thread goes on
 * from the last commit; anything else would come again, so the pipeline stops and says why.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
  private static final long PAUSE_MILLIS = 1_000;

  private final String pipeline;
  private final Consumer<Throwable> stopped;

  FailurePolicy(String pipeline, Consumer<Throwable> stopped) {
    this.pipeline = pipeline;
    this.stopped = stopped;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    if (isTransient(failure)) {
      LOG.warn("{}: Kafka did not answer ({}), trying on", pipeline, message(failure));
      pause();
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("{} stops", pipeline, failure);
    stopped.accept(failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  static boolean isTransient(Throwable failure) {
    return causes(failure).anyMatch(RetriableException.class::isInstance);
  }

  /** What the innermost cause says, or what to do where that is known. */
  static String message(Throwable failure) {
    if (causes(failure).anyMatch(FencedInstanceIdException.class::isInstance)) {
      return "another instance of the same name has started: give each its own folder with --set"
          + " state.dir=DIR, or its own name with --set instance.id=NAME";
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
