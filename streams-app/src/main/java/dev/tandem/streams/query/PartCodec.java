package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.row.RowKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What one instance answers another, as bytes, version 1: version (1) · count of partitions (4) ·
 * each: number (4), whether filled (1), as of (8) · rows, each: length of the key (4), key, epoch
 * (8), length of the state (4), state · -1 (4) · count of rows (8). Without the end it is not an
 * answer.
 */
public final class PartCodec {
  private static final int VERSION = 1;
  private static final int END = -1;
  private static final int MAX_BLOCK = 64 << 20;

  private PartCodec() {}

  /**
   * A partition that answered.
   *
   * @param filled whether all events that exist are in
   */
  public record Head(int partition, boolean filled, long asOf) {}

  public static void write(List<Head> heads, Entries rows, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeByte(VERSION);
    out.writeInt(heads.size());
    for (Head head : heads) {
      out.writeInt(head.partition());
      out.writeBoolean(head.filled());
      out.writeLong(head.asOf());
    }
    long count = 0;
    while (rows.hasNext()) {
      Entry row = rows.next();
      block(out, row.key().bytes());
      out.writeLong(row.epoch());
      block(out, row.state().toBytes());
      count++;
    }
    out.writeInt(END);
    out.writeLong(count);
    out.flush();
  }

  private static void block(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads the heads; the rows are read on from {@code in}.
   *
   * @throws IOException when it is not such an answer
   */
  public static List<Head> readHeads(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int version = data.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("an answer of version " + version + ", this build reads " + VERSION);
    }
    List<Head> heads = new ArrayList<>();
    for (int n = data.readInt(); n > 0; n--) {
      heads.add(new Head(data.readInt(), data.readBoolean(), data.readLong()));
    }
    return heads;
  }

  /** The rows behind the heads; closes {@code in} with them. */
  public static Entries rows(InputStream in, RowLayout layout) throws IOException {
    return new Rows(new DataInputStream(in), layout);
  }

  private static final class Rows implements Entries {
    private final DataInputStream in;
    private final RowLayout layout;
    private long count;
    private @Nullable Entry next;

    Rows(DataInputStream in, RowLayout layout) throws IOException {
      this.in = in;
      this.layout = layout;
      next = read();
    }

    private @Nullable Entry read() throws IOException {
      int length = in.readInt();
      if (length == END) {
        long expected = in.readLong();
        if (expected != count) {
          throw new IOException(count + " rows of " + expected);
        }
        return null;
      }
      RowKey key = RowKey.of(block(length));
      long epoch = in.readLong();
      RowState state = RowState.fromBytes(layout, block(in.readInt()));
      count++;
      return new Entry(key, state, epoch);
    }

    private byte[] block(int length) throws IOException {
      if (length < 0 || length > MAX_BLOCK) {
        throw new IOException("a block of " + length + " bytes");
      }
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return bytes;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Entry next() {
      Entry entry = next;
      if (entry == null) {
        throw new NoSuchElementException();
      }
      try {
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return entry;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
