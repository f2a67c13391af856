package dev.tandem.core.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary key of a row; immutable.
 *
 * <p>Bytes, version 1: version · definition id (8) · window start, milliseconds with the sign bit
 * flipped (8) · the dimension values in order: null {@code 00}, text {@code 02} and its UTF-8 with
 * {@code 00} written {@code 00 FF}, closed by {@code 00 01}, integer {@code 03} and 8 bytes with
 * the sign bit flipped, false {@code 04}, true {@code 05}. Unsigned byte order is the order by
 * definition, window and dimensions, so a range of windows of one aggregate is one range of keys.
 */
public final class RowKey implements Comparable<RowKey>, Serializable {
  private static final long serialVersionUID = 1L;

  static final int VERSION = 1;
  private static final int WINDOW = 9;
  private static final int DIMENSIONS = 17;
  private static final int NULL = 0;
  private static final int TEXT = 2;
  private static final int INTEGER = 3;
  private static final int FALSE = 4;
  private static final int TRUE = 5;

  private final byte[] bytes;
  private final int hash;

  private RowKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = hash(bytes);
  }

  /** Eight bytes at a time: every key is hashed, and again where it was read. */
  private static int hash(byte[] bytes) {
    long hash = bytes.length;
    int i = 0;
    for (; i + 8 <= bytes.length; i += 8) {
      hash = mixed(hash ^ Bytes.fixed(bytes, i));
    }
    for (; i < bytes.length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return (int) (mixed(hash) >>> 16);
  }

  private static long mixed(long bits) {
    long product = bits * 0x9E3779B97F4A7C15L;
    return product ^ product >>> 32;
  }

  /**
   * @param bytes not changed afterwards by the caller
   * @throws IllegalArgumentException when they are of another version or too short
   */
  public static RowKey of(byte[] bytes) {
    if (bytes.length < DIMENSIONS || bytes[0] != VERSION) {
      throw new IllegalArgumentException(
          "not a row key of version " + VERSION + ": " + bytes.length + " bytes");
    }
    return new RowKey(bytes);
  }

  /** Whether these are a row key, and not an end marker. */
  public static boolean isRowKey(byte[] bytes) {
    return bytes.length >= DIMENSIONS && bytes[0] == VERSION;
  }

  /**
   * @param dimensions a value per dimension of the aggregate: String, Long, Boolean or null
   */
  public static RowKey of(
      AggregateDefinition aggregate,
      long windowStart,
      List<? extends @Nullable Object> dimensions) {
    Builder key = new Builder(aggregate.id(), windowStart);
    dimensions.forEach(key::add);
    return key.build();
  }

  /**
   * The smallest key of a definition at or after {@code windowStart}; also the end, exclusive, of
   * the windows before it.
   */
  public static byte[] lowerBound(long definitionId, long windowStart) {
    return new Builder(definitionId, windowStart).build().bytes;
  }

  public byte[] bytes() {
    return bytes;
  }

  public long definitionId() {
    return Bytes.fixed(bytes, 1);
  }

  public long windowStart() {
    return Bytes.fixed(bytes, WINDOW) ^ Long.MIN_VALUE;
  }

  /**
   * What decides the partition: window and dimensions, without the definition, so that rows of a
   * replaced definition lie in the partition of the rows that replace them.
   */
  public byte[] placement() {
    return Arrays.copyOfRange(bytes, WINDOW, bytes.length);
  }

  /** The key of the same window and dimensions under another definition. */
  public RowKey withDefinition(long definitionId) {
    byte[] other = lowerBound(definitionId, windowStart());
    byte[] all = Arrays.copyOf(other, bytes.length);
    System.arraycopy(bytes, other.length, all, other.length, bytes.length - other.length);
    return new RowKey(all);
  }

  /** Takes the dimension values of a key, in order. */
  interface Dimensions {
    void nothing();

    void bool(boolean value);

    void integer(long value);

    /** A text, of which the bytes {@code [from, to)} are the UTF-8; not to be changed. */
    void text(byte[] utf8, int from, int to);
  }

  /** The dimension values: String, Long, Boolean or null. */
  public List<@Nullable Object> dimensions() {
    List<@Nullable Object> values = new ArrayList<>();
    forEachDimension(
        new Dimensions() {
          @Override
          public void nothing() {
            values.add(null);
          }

          @Override
          public void bool(boolean value) {
            values.add(value);
          }

          @Override
          public void integer(long value) {
            values.add(value);
          }

          @Override
          public void text(byte[] utf8, int from, int to) {
            values.add(new String(utf8, from, to - from, UTF_8));
          }
        });
    return Collections.unmodifiableList(values);
  }

  /** Passes on each dimension value. */
  void forEachDimension(Dimensions each) {
    int i = DIMENSIONS;
    while (i < bytes.length) {
      int tag = bytes[i++];
      switch (tag) {
        case NULL -> each.nothing();
        case FALSE -> each.bool(false);
        case TRUE -> each.bool(true);
        case INTEGER -> {
          each.integer(Bytes.reader(bytes, i).getFixed() ^ Long.MIN_VALUE);
          i += 8;
        }
        case TEXT -> {
          int end = i;
          boolean escaped = false;
          for (; bytes[end] != 0 || bytes[end + 1] != 1; end++) {
            if (bytes[end] == 0) {
              escaped = true;
              end++;
            }
          }
          if (escaped) {
            byte[] text = unescaped(i, end);
            each.text(text, 0, text.length);
          } else {
            each.text(bytes, i, end);
          }
          i = end + 2;
        }
        default -> throw new IllegalArgumentException("dimension tag " + tag);
      }
    }
  }

  private byte[] unescaped(int start, int end) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      text.write(bytes[i]);
      i += bytes[i] == 0 ? 1 : 0;
    }
    return text.toByteArray();
  }

  @Override
  public int compareTo(RowKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RowKey k && hash == k.hash && Arrays.equals(bytes, k.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return String.format("%016x@%d%s", definitionId(), windowStart(), dimensions());
  }

  /** Builds one key after the other, part by part; not thread-safe. */
  static final class Builder {
    private byte[] out = new byte[64];
    private int size;

    Builder() {}

    Builder(long definitionId, long windowStart) {
      start(definitionId, windowStart);
    }

    /** Begins a key. */
    final void start(long definitionId, long windowStart) {
      size = 0;
      out[size++] = VERSION;
      fixed(definitionId);
      fixed(windowStart ^ Long.MIN_VALUE);
    }

    private void room(int n) {
      if (size + n > out.length) {
        out = Arrays.copyOf(out, Math.max(out.length * 2, size + n));
      }
    }

    private void fixed(long v) {
      room(8);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out[size++] = (byte) (v >>> shift);
      }
    }

    void add(@Nullable Object value) {
      if (value == null) {
        tag(NULL);
      } else if (value instanceof String s) {
        addText(s);
      } else if (value instanceof Boolean b) {
        tag(b ? TRUE : FALSE);
      } else {
        tag(INTEGER);
        fixed((Long) value ^ Long.MIN_VALUE);
      }
    }

    void addNumber(Field field, boolean present, long number) {
      if (!present) {
        tag(NULL);
      } else if (field.type() == FieldType.BOOLEAN) {
        tag(number != 0 ? TRUE : FALSE);
      } else {
        tag(INTEGER);
        fixed(number ^ Long.MIN_VALUE);
      }
    }

    void addText(@Nullable String text) {
      if (text == null) {
        tag(NULL);
        return;
      }
      tag(TEXT);
      byte[] utf8 = text.getBytes(UTF_8);
      room(utf8.length * 2 + 2);
      for (byte b : utf8) {
        out[size++] = b;
        if (b == 0) {
          out[size++] = (byte) 0xFF;
        }
      }
      out[size++] = 0;
      out[size++] = 1;
    }

    private void tag(int tag) {
      room(1);
      out[size++] = (byte) tag;
    }

    RowKey build() {
      return new RowKey(Arrays.copyOf(out, size));
    }
  }
}
