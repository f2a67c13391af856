package dev.tandem.core.aggregate;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.event.Event;

/**
 * The integer that a metric sees of an event's field. A DOUBLE is rounded to the metric's decimal
 * places, half up, so that sums are exact and do not depend on order; one that is no number, or
 * beyond ±10^15 then, counts as null.
 */
final class Rounding {
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final double LARGEST = 1e15;

  private Rounding() {}

  /** Whether the field has a value that a metric counts. */
  static boolean counts(Event event, Field field) {
    return event.has(field)
        && (field.type() != FieldType.DOUBLE || Math.abs(scaled(event, field)) <= LARGEST);
  }

  /** The value in scaled units; {@link #counts} must hold. */
  static long number(Event event, Field field) {
    return field.type() == FieldType.DOUBLE
        ? Math.round(scaled(event, field))
        : event.number(field);
  }

  private static double scaled(Event event, Field field) {
    return Double.longBitsToDouble(event.number(field)) * POWERS[field.scale()];
  }
}
