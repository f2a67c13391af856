package dev.tandem.core.definition;

/**
 * A field of a pipeline's events.
 *
 * @param index position in the schema, from 0
 * @param scale decimal places of a {@link FieldType#DECIMAL}, or those to which a metric rounds a
 *     {@link FieldType#DOUBLE}; 0 otherwise
 */
public record Field(int index, String name, FieldType type, int scale) {
  public Field {
    if (index < 0 || index >= Schema.MAX_FIELDS) {
      throw new IllegalArgumentException("field index " + index);
    }
    if (scale < 0
        || scale > 9
        || (scale != 0 && type != FieldType.DECIMAL && type != FieldType.DOUBLE)) {
      throw new IllegalArgumentException("scale " + scale + " of " + name);
    }
  }

  /** This field as a metric reads it, rounded to so many decimal places. */
  Field rounded(int decimals) {
    return new Field(index, name, type, decimals);
  }
}
