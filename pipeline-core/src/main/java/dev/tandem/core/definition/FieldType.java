package dev.tandem.core.definition;

/** What a field of an event holds. Every field except the id and the event time may be null. */
public enum FieldType {
  /** Text, trimmed; empty is null. */
  STRING,
  /**
   * A list of distinct texts; an aggregate by such a field counts an event once in each of them.
   */
  STRINGS,
  /** A 64-bit integer. */
  LONG,
  /** A number with a fixed count of decimal places, kept as a scaled 64-bit integer. */
  DECIMAL,
  /** An IEEE 754 double, for coordinates; summed only when rounded to decimal places. */
  DOUBLE,
  BOOLEAN,
  /** An instant, kept as milliseconds since the epoch. */
  TIMESTAMP;

  /** Whether values are kept in {@code Event}'s long array (all but texts). */
  public boolean isNumber() {
    return this != STRING && this != STRINGS;
  }
}
