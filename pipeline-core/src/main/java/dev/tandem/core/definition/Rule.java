package dev.tandem.core.definition;

import java.util.OptionalLong;
import java.util.Set;

/**
 * A change to an event before it is aggregated, the same in every engine; rules run in declaration
 * order.
 */
public sealed interface Rule {
  /** The field that may change. */
  Field target();

  /** The other fields the outcome depends on. */
  Set<Field> reads();

  /** The rule as canonical text, part of the definition id. */
  String canonical();

  /**
   * Where {@code target} (a LONG) is null and {@code to >= from}: the difference in whole seconds,
   * rounded down; null stays null otherwise.
   */
  record FillSeconds(Field target, Field from, Field to) implements Rule {
    @Override
    public Set<Field> reads() {
      return Set.of(from, to);
    }

    @Override
    public String canonical() {
      return "fill " + target.name() + " seconds " + from.name() + " " + to.name();
    }
  }

  /**
   * Outside the closed range {@code [min, max]}, in the field's scaled units: null. An absent bound
   * is open.
   */
  record NullOutside(Field target, OptionalLong min, OptionalLong max) implements Rule {
    @Override
    public Set<Field> reads() {
      return Set.of();
    }

    @Override
    public String canonical() {
      return "null_outside " + target.name() + " " + min + " " + max;
    }
  }

  /** A timestamp before {@code after}, or more than {@code withinMillis} behind it: null. */
  record NullUnlessWithin(Field target, Field after, long withinMillis) implements Rule {
    @Override
    public Set<Field> reads() {
      return Set.of(after);
    }

    @Override
    public String canonical() {
      return "null_unless_within " + target.name() + " " + after.name() + " " + withinMillis;
    }
  }
}
