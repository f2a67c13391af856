package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.util.TreeSet;

/**
 * The epochs whose end marker was seen. Mutable, not thread-safe. Bytes: count and the gaps between
 * them, varints.
 */
public final class CommittedEpochs {
  private final TreeSet<Long> epochs = new TreeSet<>();
  private long newest;

  public void add(long epoch) {
    epochs.add(epoch);
    newest = epochs.last();
  }

  public boolean contains(long epoch) {
    return epochs.contains(epoch);
  }

  /** The newest, 0 when there is none. */
  public long newest() {
    return newest;
  }

  public TreeSet<Long> asSet() {
    return new TreeSet<>(epochs);
  }

  public byte[] toBytes() {
    Bytes out = Bytes.writer();
    out.putUnsigned(epochs.size());
    long previous = 0;
    for (long e : epochs) {
      out.putUnsigned(e - previous);
      previous = e;
    }
    return out.toArray();
  }

  public static CommittedEpochs fromBytes(byte[] bytes) {
    CommittedEpochs result = new CommittedEpochs();
    Bytes in = Bytes.reader(bytes);
    long epoch = 0;
    for (long n = in.getUnsigned(); n > 0; n--) {
      epoch += in.getUnsigned();
      result.add(epoch);
    }
    return result;
  }
}
