package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log, {@code P.events}.
 *
 * @param offset in its partition
 * @param appendTime when the broker appended it, milliseconds since the epoch
 * @param barrier the text of the {@code tandem-barrier} header; null on an event
 */
public record LogRecord(
    long offset,
    long appendTime,
    byte @Nullable [] key,
    byte @Nullable [] value,
    @Nullable String barrier) {
  private static final int VERSION = 1;

  /**
   * Version · offset · append time · key · value · barrier, the last three as length + 1 (0: null)
   * and bytes.
   */
  public byte[] toBytes() {
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    out.putUnsigned(offset);
    out.putSigned(appendTime);
    nullable(out, key);
    nullable(out, value);
    nullable(out, barrier == null ? null : barrier.getBytes(StandardCharsets.UTF_8));
    return out.toArray();
  }

  public static LogRecord fromBytes(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getVersion("parked record", VERSION, VERSION);
    long offset = in.getUnsigned();
    long appendTime = in.getSigned();
    byte[] key = nullable(in);
    byte[] value = nullable(in);
    byte[] barrier = nullable(in);
    return new LogRecord(
        offset,
        appendTime,
        key,
        value,
        barrier == null ? null : new String(barrier, StandardCharsets.UTF_8));
  }

  private static void nullable(Bytes out, byte @Nullable [] bytes) {
    if (bytes == null) {
      out.putUnsigned(0);
    } else {
      out.putUnsigned(bytes.length + 1L);
      out.putBytes(bytes);
    }
  }

  private static byte @Nullable [] nullable(Bytes in) {
    long n = in.getUnsigned();
    return n == 0 ? null : in.getBytes(n - 1);
  }
}
