package dev.tandem.replay.merge;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes a file in a thread of its own, some records ahead. The records come in file
 * order; a failure of the file comes behind the records before it.
 *
 * <p>Empty lines of standard input are passed over: servers send them to keep a connection alive.
 */
final class ReadAhead implements AutoCloseable {
  private static final int BATCH = 256;
  private static final int MOST_AHEAD = 4 * BATCH;
  private static final int MOST_BAD_BYTES = 1 << 20;

  private final Handoff<Decoded> records = new Handoff<>(BATCH, MOST_AHEAD, MOST_BAD_BYTES);
  private final Thread thread;
  private final Intake intake;
  private Iterator<Decoded> current = List.<Decoded>of().iterator();
  private boolean ended;
  private @Nullable RuntimeException failure;

  ReadAhead(Source source, PipelineDefinition pipeline, Intake intake) {
    this.intake = intake;
    thread = new Thread(() -> readAll(source, pipeline), "read " + source.name());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next record; empty at the end, also at an early one, and when none comes in time.
   *
   * @param waitNanos how long to wait for it at most
   */
  Optional<Decoded> next(long waitNanos) {
    if (!current.hasNext() && !ended) {
      take(waitNanos);
    }
    return current.hasNext() ? Optional.of(current.next()) : Optional.empty();
  }

  /** Whether {@link #next} has given all that could be read. */
  boolean isAtEnd() {
    return ended && !current.hasNext();
  }

  /** Why the file ended early, at its end. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  private void take(long waitNanos) {
    try {
      Handoff.Batch<Decoded> batch = records.take(waitNanos);
      current = batch.items().iterator();
      ended = batch.last();
      failure = batch.failure().orElse(null);
      intake.addRows(batch.items().size());
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  private void readAll(Source source, PipelineDefinition pipeline) {
    Optional<RuntimeException> why = Optional.empty();
    try (FileDecoder decoder = source.open(pipeline, intake)) {
      while (decoder.hasNext()) {
        Decoded record = decoder.next();
        int badBytes = record instanceof Decoded.Bad bad ? bad.raw().length : 0;
        if (source.isFile() || !isEmptyLine(record)) {
          records.put(record, badBytes);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      why = Optional.of(e);
    }
    records.end(why);
  }

  /** A row of a CSV file that is blank has commas, and is one. */
  private static boolean isEmptyLine(Decoded record) {
    return record instanceof Decoded.Bad bad
        && bad.reason() == RejectReason.BLANK
        && new String(bad.raw(), StandardCharsets.UTF_8).isBlank();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
