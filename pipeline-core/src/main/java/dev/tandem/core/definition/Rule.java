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

  /**
   * The distinct texts that are read out of a text, into a STRINGS field; null where there are
   * none.
   *
   * @param from a STRING
   * @param derived whether the field is always computed, and no part of the events topic; otherwise
   *     only filled where it is null or empty
   */
  record Extract(Field target, Field from, Kind kind, boolean derived) implements Rule {

    /** What is read out of a text. */
    public enum Kind {
      /** Runs of letters, marks and digits. */
      WORDS_OF,
      /** Runs of letters, marks, digits and {@code _} behind a {@code #}. */
      HASHTAGS_OF
    }

    @Override
    public Set<Field> reads() {
      return Set.of(from);
    }

    @Override
    public String canonical() {
      String how = derived ? "derive " : "fill ";
      return how + target.name() + " " + Names.lower(kind) + " " + from.name();
    }
  }

  /** A STRING or each of STRINGS in small letters; texts that become equal are kept once. */
  record Lower(Field target) implements Rule {
    @Override
    public Set<Field> reads() {
      return Set.of();
    }

    @Override
    public String canonical() {
      return "lower " + target.name();
    }
  }
}
