package dev.tandem.replay.init;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a pipeline for a sample may be.
 *
 * @param fields all of them, the id first
 * @param id one of them
 * @param idDoubt what is to be confirmed of it
 * @param time when an event happened
 * @param otherTimes names of other fields that could be that
 * @param dimensions few: what events are counted by
 * @param measures few: what is summed up
 * @param prose a text whose words are counted
 */
record Draft(
    List<DraftField> fields,
    DraftField id,
    Optional<String> idDoubt,
    DraftField time,
    List<String> otherTimes,
    List<DraftField> dimensions,
    List<DraftField> measures,
    Optional<DraftField> prose) {
  private static final int MOST_FIELDS = Schema.MAX_FIELDS - 2;
  private static final int MOST_DIMENSIONS = 3;
  private static final int MOST_MEASURES = 3;
  private static final double MOSTLY = 0.9;
  private static final Pattern BEGIN =
      Pattern.compile(
          "(.*_)?(start|started|begin|began|created|occurred|event|opened|pickup|ordered|call|received)(_.*)?|starttime");
  private static final Pattern LATER =
      Pattern.compile(
          "(.*_)?(end|ended|stop|stopped|updated|modified|changed|closed|due|birth|expires?|dropoff)(_.*)?|stoptime");
  private static final Pattern WEIGHTY =
      Pattern.compile(
          "(.*_)?(duration|amount|price|total|sum|fare|cost|value|distance|length|size|bytes|count|quantity|qty|kwh|energy|temp.*|seconds|minutes)(_.*)?");

  /**
   * @throws TandemException when no column holds a time in most rows
   */
  static Draft of(Sample sample) {
    List<DraftField> guesses = new FieldGuesses().of(sample.columns());
    DraftField time = time(guesses);
    IdGuess idGuess = IdGuess.of(sample, guesses, time);
    DraftField id = id(idGuess, guesses);
    List<DraftField> fields = new ArrayList<>();
    fields.add(id);
    fields.add(time);
    guesses.stream()
        .filter(f -> f != time && !f.name().equals(id.name()))
        .limit(MOST_FIELDS - fields.size())
        .forEach(fields::add);
    List<String> otherTimes =
        fields.stream().filter(f -> f != time && isTime(f)).map(DraftField::name).toList();
    List<DraftField> rest = fields.subList(2, fields.size());
    return new Draft(
        List.copyOf(fields),
        id,
        idGuess.doubt().or(() -> others(idGuess)),
        time,
        otherTimes,
        dimensions(rest, sample.rows()),
        rest.stream()
            .filter(DraftField::isMeasure)
            .sorted(Comparator.comparing(f -> !WEIGHTY.matcher(f.name()).matches()))
            .limit(MOST_MEASURES)
            .toList(),
        rest.stream()
            .filter(f -> f.type() == FieldType.STRING && f.column().isProse())
            .findFirst());
  }

  private static Optional<String> others(IdGuess guess) {
    return guess.others().isEmpty()
        ? Optional.empty()
        : Optional.of("no value comes twice in " + String.join(", ", guess.others()) + " either");
  }

  private static boolean isTime(DraftField field) {
    return field.type() == FieldType.TIMESTAMP && field.column().filled() >= MOSTLY;
  }

  private static DraftField time(List<DraftField> fields) {
    return fields.stream()
        .filter(Draft::isTime)
        .min(
            Comparator.comparing(
                f ->
                    BEGIN.matcher(f.name()).matches()
                        ? 0
                        : LATER.matcher(f.name()).matches() ? 2 : 1))
        .orElseThrow(
            () ->
                TandemException.wrongUse(
                    "No column holds a time that can be read in most rows, and no event is without"
                        + " one: there are "
                        + String.join(", ", fields.stream().map(f -> f.column().name()).toList())));
  }

  /** The field that is read from one column, or one of its own for several. */
  private static DraftField id(IdGuess guess, List<DraftField> fields) {
    if (guess.isJoined()) {
      return new DraftField(
          "event_id",
          guess.columns(),
          FieldType.STRING,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    DraftField field =
        fields.stream()
            .filter(f -> f.column().equals(guess.columns().get(0)))
            .findFirst()
            .orElseThrow();
    return field.as(FieldType.STRING, Optional.empty());
  }

  /** The one with the fewest values, the one with most that still repeat, and a list. */
  private static List<DraftField> dimensions(List<DraftField> fields, int rows) {
    List<DraftField> all =
        fields.stream()
            .filter(f -> f.type() == FieldType.STRING && !f.column().isProse())
            .filter(f -> f.column().filled() > 0.3 && f.column().distinct() > 1)
            .filter(f -> f.column().distinct() * 3L < Math.max(rows, 30))
            .sorted(Comparator.comparing((DraftField f) -> f.column().distinct()))
            .toList();
    List<DraftField> chosen = new ArrayList<>();
    if (!all.isEmpty()) {
      chosen.add(all.get(0));
      DraftField most = named(all);
      if (most != all.get(0)) {
        chosen.add(most);
      }
    }
    fields.stream()
        .filter(f -> f.type() == FieldType.STRINGS && f.column().values().size() > 1)
        .findFirst()
        .ifPresent(chosen::add);
    return chosen.stream().limit(MOST_DIMENSIONS).toList();
  }

  /** A name tells more than the number of the same thing. */
  private static DraftField named(List<DraftField> ascending) {
    List<DraftField> names = ascending.stream().filter(f -> !f.isNamedId()).toList();
    return names.size() > 1 ? names.get(names.size() - 1) : ascending.get(ascending.size() - 1);
  }
}
