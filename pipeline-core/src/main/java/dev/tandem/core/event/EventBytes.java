package dev.tandem.core.event;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Events as compact bytes between two sides that know the schema; equal events have equal bytes and
 * the other way round.
 *
 * <p>Layout: a version byte; the presence of the fields, bit by index, as an unsigned varint; then
 * each present value in schema order: LONG, DECIMAL and TIMESTAMP as zigzag varint, BOOLEAN as a
 * byte, DOUBLE as 8 bytes big-endian, STRING as length (varint) and UTF-8, STRINGS as count
 * (varint) and strings.
 *
 * <p>Not thread-safe: one for each thread.
 */
public final class EventBytes {
  private static final byte VERSION = 1;

  private final Schema schema;
  private byte[] buffer = new byte[256];
  private int at;

  public EventBytes(Schema schema) {
    this.schema = schema;
  }

  public byte[] encode(Event event) {
    at = 0;
    put(VERSION);
    long present = 0;
    for (Field field : schema.fields()) {
      present |= event.has(field) ? 1L << field.index() : 0;
    }
    putVarint(present);
    for (Field field : schema.fields()) {
      if (event.has(field)) {
        putValue(field, event);
      }
    }
    return Arrays.copyOf(buffer, at);
  }

  /**
   * The event of these bytes.
   *
   * @throws IllegalStateException when they are not of this layout and schema
   */
  public Event decode(byte[] bytes) {
    buffer = bytes;
    at = 0;
    try {
      return decode();
    } catch (ArrayIndexOutOfBoundsException | StringIndexOutOfBoundsException e) {
      throw new IllegalStateException("event bytes end too early, at " + at, e);
    } finally {
      buffer = new byte[0];
    }
  }

  private Event decode() {
    byte version = get();
    if (version != VERSION) {
      throw new IllegalStateException("event bytes of version " + version + ", not " + VERSION);
    }
    long present = getVarint();
    Event event = new Event(schema);
    for (Field field : schema.fields()) {
      if ((present >>> field.index() & 1) != 0) {
        getValue(field, event);
      }
    }
    if (at != buffer.length) {
      throw new IllegalStateException((buffer.length - at) + " bytes behind an event");
    }
    return event;
  }

  private void putValue(Field field, Event event) {
    switch (field.type()) {
      case LONG, DECIMAL, TIMESTAMP -> {
        long value = event.number(field);
        putVarint(value << 1 ^ value >> 63);
      }
      case BOOLEAN -> put((byte) event.number(field));
      case DOUBLE -> {
        for (int shift = 56; shift >= 0; shift -= 8) {
          put((byte) (event.number(field) >>> shift));
        }
      }
      case STRING -> putText(Objects.requireNonNull(event.text(field)));
      case STRINGS -> {
        List<String> texts = event.texts(field);
        putVarint(texts.size());
        texts.forEach(this::putText);
      }
    }
  }

  private void getValue(Field field, Event event) {
    switch (field.type()) {
      case LONG, DECIMAL, TIMESTAMP -> {
        long zigzag = getVarint();
        event.setNumber(field, zigzag >>> 1 ^ -(zigzag & 1));
      }
      case BOOLEAN -> event.setNumber(field, get());
      case DOUBLE -> {
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
          bits = bits << 8 | get() & 0xff;
        }
        event.setNumber(field, bits);
      }
      case STRING -> event.setText(field, getText());
      case STRINGS -> {
        int count = (int) getVarint();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          texts.add(getText());
        }
        event.setTexts(field, texts);
      }
    }
  }

  private void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, buffer, at, utf8.length);
    at += utf8.length;
  }

  private String getText() {
    int length = (int) getVarint();
    String text = new String(buffer, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    put((byte) rest);
  }

  private long getVarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte b = get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a number of event bytes is too long, at " + at);
  }

  private void put(byte b) {
    reserve(1);
    buffer[at++] = b;
  }

  private byte get() {
    return buffer[at++];
  }

  private void reserve(int count) {
    if (buffer.length - at < count) {
      buffer = Arrays.copyOf(buffer, Math.max(64, Math.max(buffer.length * 2, at + count)));
    }
  }
}
