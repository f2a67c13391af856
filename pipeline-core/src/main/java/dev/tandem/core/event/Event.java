package dev.tandem.core.event;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event: a value or null for each field of a schema. Mutable and not thread-safe; two events
 * are equal when all their values are.
 */
public final class Event {
  private final Schema schema;
  private final long[] numbers;
  private final @Nullable Object[] texts;
  private long present;

  public Event(Schema schema) {
    this.schema = schema;
    this.numbers = new long[schema.size()];
    this.texts = new Object[schema.size()];
  }

  private Event(Event other) {
    this.schema = other.schema;
    this.numbers = other.numbers.clone();
    this.texts = other.texts.clone();
    this.present = other.present;
  }

  public Event copy() {
    return new Event(this);
  }

  public Schema schema() {
    return schema;
  }

  public boolean has(Field field) {
    return (present & (1L << field.index())) != 0;
  }

  /**
   * A LONG as it is, a DECIMAL scaled, a TIMESTAMP in epoch milliseconds, a BOOLEAN as 0 or 1, a
   * DOUBLE as its raw bits; 0 when null.
   */
  public long number(Field field) {
    return numbers[field.index()];
  }

  /** A STRING field's text, or null. */
  public @Nullable String text(Field field) {
    return (String) texts[field.index()];
  }

  /** A STRINGS field's values, distinct, in order of first appearance; empty when null. */
  @SuppressWarnings("unchecked")
  public List<String> texts(Field field) {
    Object value = texts[field.index()];
    return value == null ? List.of() : (List<String>) value;
  }

  public void setNumber(Field field, long value) {
    numbers[field.index()] = value;
    present |= 1L << field.index();
  }

  public void setDouble(Field field, double value) {
    setNumber(field, Double.doubleToRawLongBits(value));
  }

  public void setText(Field field, String value) {
    texts[field.index()] = value;
    present |= 1L << field.index();
  }

  /** Repeated values are kept once. */
  public void setTexts(Field field, List<String> values) {
    texts[field.index()] = values.stream().distinct().toList();
    present |= 1L << field.index();
  }

  public void setNull(Field field) {
    numbers[field.index()] = 0;
    texts[field.index()] = null;
    present &= ~(1L << field.index());
  }

  /** The event id; an event that reaches an aggregate always has one. */
  public String id() {
    String id = text(schema.id());
    if (id == null) {
      throw new IllegalStateException("event without id");
    }
    return id;
  }

  /** Event time, milliseconds since the epoch. */
  public long time() {
    return number(schema.time());
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Event e
        && present == e.present
        && Arrays.equals(numbers, e.numbers)
        && Arrays.equals(texts, e.texts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers) * 31 + Arrays.hashCode(texts);
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("Event[");
    for (Field f : schema.fields()) {
      if (has(f)) {
        s.append(f.name()).append('=');
        s.append(f.type().isNumber() ? formatNumber(f) : texts[f.index()]).append(' ');
      }
    }
    return s.append(']').toString();
  }

  private String formatNumber(Field f) {
    return f.type() == FieldType.DOUBLE
        ? Double.toString(Double.longBitsToDouble(number(f)))
        : Long.toString(number(f));
  }
}
