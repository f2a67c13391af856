package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.row.RowKey;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Gathers contributions into records of the partials topic, many in one: a record costs broker and
 * both halves far more than what a contribution adds to it. Not thread-safe.
 *
 * <p>Bytes of a record: version · 2 · partition of the rows (varint) · and to the end, for each
 * contribution, row key (block) and contribution (block).
 */
public final class PartialBatches {
  private static final int KIND = 2;

  /** A reader holds some thousand records of each partition. */
  private static final int FULL = 16 << 10;

  private final Bytes[] batches;
  private final Bytes contribution = Bytes.writer();
  private final ToIntFunction<RowKey> partitioner;
  private final Consumer<byte[]> output;

  /**
   * @param partitions of the rows
   * @param partitioner the partition in which a row belongs
   * @param output takes each record
   */
  public PartialBatches(
      int partitions, ToIntFunction<RowKey> partitioner, Consumer<byte[]> output) {
    this.batches = new Bytes[partitions];
    this.partitioner = partitioner;
    this.output = output;
    for (int p = 0; p < partitions; p++) {
      batches[p] = Bytes.writer();
    }
  }

  /** Takes a contribution; one that is larger than a full record has a record of its own. */
  public void add(RowKey key, Partial.Contribution more) {
    contribution.clear();
    more.write(contribution);
    int partition = partitioner.applyAsInt(key);
    Bytes batch = batches[partition];
    if (batch.length() + key.bytes().length + contribution.length() > FULL) {
      send(batch);
    }
    if (batch.length() == 0) {
      batch.putByte(Partial.VERSION);
      batch.putByte(KIND);
      batch.putUnsigned(partition);
    }
    batch.putBlock(key.bytes());
    batch.putBlock(contribution);
  }

  /** Passes on what has gathered. */
  public void flush() {
    for (Bytes batch : batches) {
      send(batch);
    }
  }

  private void send(Bytes batch) {
    if (batch.length() > 0) {
      output.accept(batch.toArray());
      batch.clear();
    }
  }

  /** Whether a record is such a batch. */
  public static boolean isBatch(byte[] bytes) {
    return bytes.length > 1 && bytes[1] == KIND;
  }

  /** The partition of the rows of a batch. */
  public static int partition(byte[] batch) {
    return (int) start(Bytes.reader(batch)).getUnsigned();
  }

  /**
   * Passes on each contribution of a batch, as written.
   *
   * @throws IllegalArgumentException when it is of another version or cut short
   */
  public static void read(byte[] batch, BiConsumer<RowKey, Bytes> consumer) {
    Bytes in = start(Bytes.reader(batch));
    in.getUnsigned();
    while (in.hasMore()) {
      consumer.accept(RowKey.of(in.getBlock()), in.getBlockReader());
    }
  }

  private static Bytes start(Bytes in) {
    in.getVersion("batch of partials", Partial.VERSION, Partial.VERSION);
    int kind = in.getByte();
    if (kind != KIND) {
      throw new IllegalArgumentException("partial of kind " + kind + ", not " + KIND);
    }
    return in;
  }
}
