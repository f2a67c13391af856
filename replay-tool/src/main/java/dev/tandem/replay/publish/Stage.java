package dev.tandem.replay.publish;

import dev.tandem.replay.merge.Entry;
import dev.tandem.replay.merge.Interrupted;
import dev.tandem.replay.merge.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges and encodes in a thread of its own, somewhat ahead of the publisher. */
final class Stage implements AutoCloseable {
  private static final int CHUNK = 512;
  private static final int CHUNKS_AHEAD = 16;
  private static final int CHUNK_BYTES = 1 << 20;

  private final Merge merge;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Thread thread;

  /**
   * Outputs in order.
   *
   * @param last whether none follow
   * @param failure why none follow, where the files did not end well
   */
  record Chunk(List<Output> outputs, boolean last, @Nullable RuntimeException failure) {}

  /**
   * @param merge is closed with the stage
   * @param skip how many entries were published before
   */
  Stage(Merge merge, Plan plan, long skip) {
    this.merge = merge;
    this.thread = new Thread(() -> run(new Encoder(plan), skip), "merge");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next outputs; empty when there are none yet, after a moment. */
  Optional<Chunk> poll() {
    try {
      return Optional.ofNullable(chunks.poll(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  private void run(Encoder encoder, long skip) {
    Pending pending = new Pending();
    try {
      try {
        pass(encoder::skip, skip, pending);
        pass(encoder::encode, Long.MAX_VALUE, pending);
        pending.end(null);
      } catch (Interrupted closed) {
        throw closed;
      } catch (RuntimeException e) {
        pending.end(e);
      }
    } catch (InterruptedException | Interrupted closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Function<Entry, Output> encode, long most, Pending pending)
      throws InterruptedException {
    for (long i = 0; i < most; i++) {
      Optional<Entry> entry = merge.next();
      if (entry.isEmpty()) {
        return;
      }
      pending.add(encode.apply(entry.get()));
    }
  }

  /** Outputs on their way to the queue. */
  private final class Pending {
    private List<Output> outputs = new ArrayList<>(CHUNK);
    private int bytes;

    void add(Output output) throws InterruptedException {
      outputs.add(output);
      bytes += output.value().length;
      if (outputs.size() == CHUNK || bytes > CHUNK_BYTES) {
        chunks.put(new Chunk(outputs, false, null));
        outputs = new ArrayList<>(CHUNK);
        bytes = 0;
      }
    }

    void end(@Nullable RuntimeException failure) throws InterruptedException {
      chunks.put(new Chunk(outputs, true, failure));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    merge.close();
  }
}
