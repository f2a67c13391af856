package dev.tandem.core.aggregate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte buffer and, over the same array, a reader: unsigned LEB128 varints, zigzag for
 * signed ones, big-endian fixed longs. Not thread-safe.
 */
public final class Bytes {
  private static final VarHandle FIXED =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array;
  private int position;
  private int limit;

  private Bytes(byte[] array, int position, int limit) {
    this.array = array;
    this.position = position;
    this.limit = limit;
  }

  public static Bytes writer() {
    return new Bytes(new byte[64], 0, 0);
  }

  public static Bytes reader(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** Reads from {@code offset} to the end. */
  public static Bytes reader(byte[] array, int offset) {
    return new Bytes(array, offset, array.length);
  }

  private void room(int n) {
    if (position + n > array.length) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, position + n));
    }
  }

  public void putByte(int b) {
    room(1);
    array[position++] = (byte) b;
  }

  public void putUnsigned(long value) {
    room(10);
    long v = value;
    while ((v & ~0x7FL) != 0) {
      array[position++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    array[position++] = (byte) v;
  }

  public void putSigned(long value) {
    putUnsigned((value << 1) ^ (value >> 63));
  }

  public void putFixed(long value) {
    room(8);
    FIXED.set(array, position, value);
    position += 8;
  }

  public void putBytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, array, position, bytes.length);
    position += bytes.length;
  }

  /** A length and the bytes. */
  public void putBlock(byte[] bytes) {
    putUnsigned(bytes.length);
    putBytes(bytes);
  }

  /** A block of what was written to {@code other}. */
  public void putBlock(Bytes other) {
    putUnsigned(other.position);
    room(other.position);
    System.arraycopy(other.array, 0, array, position, other.position);
    position += other.position;
  }

  /** Starts over, with the room there is. */
  public void clear() {
    position = 0;
  }

  /** How much was written so far. */
  public int length() {
    return position;
  }

  /** What was written so far, a copy. */
  public byte[] toArray() {
    return Arrays.copyOf(array, position);
  }

  private void need(long n) {
    if (n < 0 || n > limit - position) {
      throw new IllegalArgumentException(
          "truncated: " + n + " bytes wanted at " + position + " of " + limit);
    }
  }

  public boolean hasMore() {
    return position < limit;
  }

  public int getByte() {
    need(1);
    return array[position++] & 0xFF;
  }

  /**
   * Reads the version byte that a format begins with.
   *
   * @param what the format, for the message
   * @throws UnknownVersionException when it is not one of {@code oldest} to {@code newest}
   */
  public int getVersion(String what, int oldest, int newest) {
    int version = getByte();
    if (version < oldest || version > newest) {
      throw new UnknownVersionException(what, version, oldest, newest);
    }
    return version;
  }

  public long getUnsigned() {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = getByte();
      v |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return v;
      }
    }
    throw new IllegalArgumentException("varint longer than 10 bytes at " + position);
  }

  public long getSigned() {
    long v = getUnsigned();
    return (v >>> 1) ^ -(v & 1);
  }

  public long getFixed() {
    need(8);
    long v = fixed(array, position);
    position += 8;
    return v;
  }

  /** The fixed long at {@code [offset, offset + 8)} of an array that is as long. */
  public static long fixed(byte[] array, int offset) {
    return (long) FIXED.get(array, offset);
  }

  public byte[] getBytes(long n) {
    need(n);
    byte[] bytes = Arrays.copyOfRange(array, position, position + (int) n);
    position += (int) n;
    return bytes;
  }

  public byte[] getBlock() {
    return getBytes(getUnsigned());
  }

  /** A reader of the next block, over the same array. */
  public Bytes getBlockReader() {
    long n = getUnsigned();
    need(n);
    Bytes block = new Bytes(array, position, position + (int) n);
    position += (int) n;
    return block;
  }

  /** Everything that is left. */
  public byte[] getRest() {
    return getBytes(limit - position);
  }
}
