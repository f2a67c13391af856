package dev.tandem.replay.merge;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes a file in a thread of its own, some records ahead. The records come in file
 * order; a failure of the file comes behind the records before it.
 */
final class ReadAhead implements AutoCloseable {
  private static final int CHUNK = 256;
  private static final int CHUNKS_AHEAD = 4;
  private static final int MOST_BAD_BYTES = 1 << 18;

  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Thread thread;
  private Queue<Decoded> current = new ArrayDeque<>();
  private boolean ended;
  private @Nullable RuntimeException failure;

  /** Some records; the last chunk of a file may say why there are no more. */
  private record Chunk(Queue<Decoded> records, boolean last, @Nullable RuntimeException failure) {}

  ReadAhead(Source source, PipelineDefinition pipeline, Intake intake) {
    thread = new Thread(() -> readAll(source, pipeline, intake), "read " + source.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** The next record; empty at the end, also at an early one. */
  Optional<Decoded> next() {
    while (current.isEmpty() && !ended) {
      Chunk chunk = take();
      current = chunk.records();
      ended = chunk.last();
      failure = chunk.failure();
    }
    return Optional.ofNullable(current.poll());
  }

  /** Why the file ended early, once {@link #next} has given all that could be read. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  private Chunk take() {
    try {
      return chunks.take();
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  private void readAll(Source source, PipelineDefinition pipeline, Intake intake) {
    Queue<Decoded> records = new ArrayDeque<>(CHUNK);
    RuntimeException why = null;
    try {
      try (FileDecoder decoder = source.open(pipeline, intake)) {
        int badBytes = 0;
        while (decoder.hasNext()) {
          Decoded record = decoder.next();
          records.add(record);
          badBytes += record instanceof Decoded.Bad bad ? bad.raw().length : 0;
          if (records.size() == CHUNK || badBytes > MOST_BAD_BYTES) {
            intake.addRows(records.size());
            chunks.put(new Chunk(records, false, null));
            records = new ArrayDeque<>(CHUNK);
            badBytes = 0;
          }
        }
      } catch (RuntimeException e) {
        why = e;
      }
      intake.addRows(records.size());
      chunks.put(new Chunk(records, true, why));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
