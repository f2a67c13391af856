package dev.tandem.replay.init;

import dev.tandem.core.definition.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What names a row: a column without repeated values, else several columns that have none together.
 *
 * @param columns one, or those to be joined
 * @param isJoined whether it is a text of its own rather than that of the column
 * @param others names of other columns that would do
 * @param doubt what is to be confirmed
 */
record IdGuess(
    List<Column> columns, boolean isJoined, List<String> others, Optional<String> doubt) {
  private static final double MOSTLY = 0.95;
  private static final int MOST_JOINED = 3;

  /** What is between the joined. */
  static final String JOIN = "|";

  static IdGuess of(Sample sample, List<DraftField> fields, DraftField time) {
    List<DraftField> single =
        fields.stream()
            .filter(f -> f.type() == FieldType.STRING || f.type() == FieldType.LONG)
            .filter(f -> f.column().filled() >= MOSTLY && !f.column().isProse())
            .filter(f -> isAlmostUnique(f, sample.rows()))
            .sorted(Comparator.comparing((DraftField f) -> !f.isNamedId()))
            .toList();
    if (single.isEmpty()) {
      return joined(sample, fields, time);
    }
    DraftField best = single.get(0);
    List<String> others = single.stream().skip(1).map(f -> f.column().name()).toList();
    return new IdGuess(best.columns(), false, others, doubt(best, sample));
  }

  /** A column that is called an id may have repeated rows; they count once. */
  private static boolean isAlmostUnique(DraftField field, int rows) {
    int repeated = field.column().repeated();
    return repeated == 0 || (field.isNamedId() && repeated < rows * (1 - MOSTLY));
  }

  private static Optional<String> doubt(DraftField best, Sample sample) {
    int repeated = best.column().repeated();
    if (repeated > 0) {
      return Optional.of(
          "%,d of %,d rows repeat an earlier id and will not count"
              .formatted(repeated, sample.rows()));
    } else if (best.isNamedId() && sample.whole()) {
      return Optional.empty();
    }
    return Optional.of(
        "no value comes twice in %,d rows; is that so in all files?".formatted(sample.rows()));
  }

  /** The time and, one after the other, the columns that leave the fewest rows alike. */
  private static IdGuess joined(Sample sample, List<DraftField> fields, DraftField time) {
    List<DraftField> useful =
        fields.stream()
            .filter(f -> f.type() == FieldType.STRING || f.type() == FieldType.LONG)
            .filter(f -> f.column().filled() >= MOSTLY)
            .filter(f -> f.column().distinct() > 1 && !f.column().isProse())
            .sorted(
                Comparator.comparing((DraftField f) -> !f.isNamedId())
                    .thenComparing(f -> -f.column().distinct()))
            .toList();
    List<Column> chosen = time.columns();
    for (int i = 0; i < MOST_JOINED && (i == 0 || repeated(chosen) > 0); i++) {
      List<Column> before = chosen;
      chosen =
          useful.stream()
              .filter(f -> !before.contains(f.column()))
              .map(f -> with(before, f.column()))
              .min(Comparator.comparing(IdGuess::repeated))
              .filter(more -> before == time.columns() || repeated(more) < repeated(before))
              .orElse(before);
    }
    String doubt =
        "no column names a row, so these together do; %,d of %,d rows agree with an earlier one and will not count"
            .formatted(repeated(chosen), sample.rows());
    return new IdGuess(chosen, true, List.of(), Optional.of(doubt));
  }

  private static List<Column> with(List<Column> columns, Column another) {
    List<Column> more = new ArrayList<>(columns);
    more.add(another);
    return List.copyOf(more);
  }

  private static int repeated(List<Column> columns) {
    Set<String> seen = new HashSet<>();
    int repeated = 0;
    for (int row = 0; row < columns.get(0).cells().size(); row++) {
      StringBuilder id = new StringBuilder();
      for (Column column : columns) {
        id.append(column.cells().get(row)).append(JOIN);
      }
      repeated += seen.add(id.toString()) ? 0 : 1;
    }
    return repeated;
  }
}
