package dev.tandem.replay.init;

import dev.tandem.core.definition.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Guesses a field's type, and how it is read, from the values of its column. */
final class FieldGuesses {
  private static final Predicate<String> WHOLE = matching("[+-]?(0|[1-9]\\d{0,14})");
  private static final Predicate<String> FRACTION = matching("[+-]?\\d{0,9}(\\.\\d+)?(?<=\\d)");
  private static final Predicate<String> EXPONENT =
      matching("[+-]?\\d{0,15}(\\.\\d+)?([eE][+-]?\\d{1,3})?(?<=\\d)");
  private static final Predicate<String> COMMA = matching("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+");
  private static final Predicate<String> FLAG = matching("(?i)true|false");
  private static final Predicate<String> HMS = matching("\\d+:[0-5]\\d:[0-5]\\d");
  private static final Predicate<String> CLOCK =
      matching("\\d{1,2}:[0-5]\\d(:[0-5]\\d)?( ?[AaPp][Mm])?");
  private static final int MOST_SCALE = 6;

  private final FieldNames names = new FieldNames();

  private static Predicate<String> matching(String pattern) {
    return Pattern.compile(pattern).asMatchPredicate();
  }

  /** A field for each column; a date and the time of day in the column behind it are one. */
  List<DraftField> of(List<Column> columns) {
    List<DraftField> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Optional<DraftField> both =
          i + 1 < columns.size() ? dateAndTime(column, columns.get(i + 1)) : Optional.empty();
      if (both.isPresent()) {
        fields.add(both.get());
        i++;
      } else {
        fields.add(guess(column));
      }
    }
    return fields;
  }

  private Optional<DraftField> dateAndTime(Column date, Column time) {
    boolean days =
        TimeGuess.of(FieldNames.of(date.name()), date.values()).filter(TimeGuess::days).isPresent();
    if (!days || !time.all(CLOCK)) {
      return Optional.empty();
    }
    return TimeGuess.ofBoth(date.cells(), time.cells())
        .map(
            guess -> {
              String prefix = FieldNames.of(date.name()).replaceAll("_?(date|datum|day|time)$", "");
              String name =
                  names.unique(prefix.isEmpty() || prefix.equals("c") ? "at" : prefix + "_at");
              return field(
                  name,
                  List.of(date, time),
                  FieldType.TIMESTAMP,
                  0,
                  Optional.of(guess),
                  guess.doubt());
            });
  }

  private DraftField guess(Column column) {
    String name = names.give(column.name());
    if (column.values().isEmpty()) {
      String doubt = "no value in the rows looked at: which type has it?";
      return field(name, column, FieldType.STRING, 0, Optional.of(doubt));
    } else if (column.isList()) {
      return field(name, column, FieldType.STRINGS, 0, Optional.empty());
    }
    Optional<TimeGuess> time = TimeGuess.of(name, column.values());
    if (time.isPresent()) {
      return field(name, List.of(column), FieldType.TIMESTAMP, 0, time, time.get().doubt());
    }
    return number(name, column);
  }

  private static DraftField number(String name, Column column) {
    if (column.all(FLAG)) {
      return field(name, column, FieldType.BOOLEAN, 0, Optional.empty());
    } else if (column.all(HMS)) {
      return new DraftField(
          name,
          List.of(column),
          FieldType.LONG,
          0,
          Optional.empty(),
          Optional.of("as: hms"),
          Optional.of("taken for a length of time, hours:minutes:seconds"));
    } else if (column.all(WHOLE)) {
      // Numbers that name something are not added up.
      FieldType type = DraftField.isNamedId(name) ? FieldType.STRING : FieldType.LONG;
      return field(name, column, type, 0, Optional.empty());
    } else if (column.all(FRACTION)) {
      int scale = column.values().stream().mapToInt(FieldGuesses::places).max().orElse(0);
      boolean exact = scale <= MOST_SCALE && !DraftField.isNamedPlace(name);
      return exact
          ? field(name, column, FieldType.DECIMAL, scale, Optional.empty())
          : field(name, column, FieldType.DOUBLE, 0, Optional.empty());
    } else if (column.all(EXPONENT)) {
      return field(name, column, FieldType.DOUBLE, 0, Optional.empty());
    }
    Optional<String> doubt =
        column.all(COMMA)
            ? Optional.of("numbers with a decimal comma stay text: write points to have decimals")
            : Optional.empty();
    return field(name, column, FieldType.STRING, 0, doubt);
  }

  private static int places(String number) {
    int point = number.indexOf('.');
    return point < 0 ? 0 : number.length() - point - 1;
  }

  private static DraftField field(
      String name, Column column, FieldType type, int scale, Optional<String> doubt) {
    return field(name, List.of(column), type, scale, Optional.empty(), doubt);
  }

  private static DraftField field(
      String name,
      List<Column> columns,
      FieldType type,
      int scale,
      Optional<TimeGuess> time,
      Optional<String> doubt) {
    return new DraftField(name, columns, type, scale, time, Optional.empty(), doubt);
  }
}
