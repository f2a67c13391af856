package dev.tandem.replay.publish;

import dev.tandem.replay.merge.Entry;
import dev.tandem.replay.merge.Handoff;
import dev.tandem.replay.merge.Interrupted;
import dev.tandem.replay.merge.Merge;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Merges and encodes in a thread of its own, somewhat ahead of the publisher. */
final class Stage implements AutoCloseable {
  private static final int BATCH = 512;
  private static final int MOST_AHEAD = 16 * BATCH;
  private static final int MOST_BYTES = 16 << 20;
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Merge merge;
  private final Handoff<Output> outputs = new Handoff<>(BATCH, MOST_AHEAD, MOST_BYTES);
  private final Thread thread;

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

  /** The next outputs; none when there are none yet, after a moment. */
  Handoff.Batch<Output> poll() {
    try {
      return outputs.take(WAIT_NANOS);
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  private void run(Encoder encoder, long skip) {
    Optional<RuntimeException> why = Optional.empty();
    try {
      pass(encoder::skip, skip);
      pass(encoder::encode, Long.MAX_VALUE);
    } catch (InterruptedException | Interrupted closed) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      why = Optional.of(e);
    }
    outputs.end(why);
  }

  private void pass(Function<Entry, Output> encode, long most) throws InterruptedException {
    for (long i = 0; i < most; i++) {
      Optional<Entry> entry = merge.next();
      if (entry.isEmpty()) {
        return;
      }
      Output output = encode.apply(entry.get());
      outputs.put(output, output.value().length);
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
