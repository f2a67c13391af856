package dev.tandem.backfill.engine;

import dev.tandem.core.row.RowKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is left of the rows that differ, by aggregate in the pipeline's order; adds up.
 *
 * @param different rows that are served wrong
 * @param moving rows that events touched meanwhile
 * @param first those that are different, by key, as many as were asked for
 */
public record Recheck(List<Long> different, List<Long> moving, List<Row> first)
    implements Serializable {
  /** Nothing is left. */
  public static final Recheck NONE = new Recheck(List.of(), List.of(), List.of());

  /** A row that is different, as state bytes; none where it does not exist. */
  public record Row(RowKey key, byte[] served, byte[] expected) implements Serializable {}

  public long totalDifferent() {
    return different.stream().mapToLong(Long::longValue).sum();
  }

  public long totalMoving() {
    return moving.stream().mapToLong(Long::longValue).sum();
  }

  Recheck plus(Recheck o, int most) {
    return new Recheck(
        sum(different, o.different),
        sum(moving, o.moving),
        first(Stream.concat(first.stream(), o.first.stream()).toList(), most));
  }

  private static List<Long> sum(List<Long> a, List<Long> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    List<Long> sum = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sum.add(a.get(i) + b.get(i));
    }
    return sum;
  }

  static List<Row> first(List<Row> rows, int most) {
    return rows.stream().sorted(Comparator.comparing(Row::key)).limit(most).toList();
  }

  static List<Long> list(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
