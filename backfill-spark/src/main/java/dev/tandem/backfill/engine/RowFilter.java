package dev.tandem.backfill.engine;

import dev.tandem.core.row.RowKey;
import java.util.function.Predicate;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Lets the wanted rows pass, in a task. */
final class RowFilter implements Function<Tuple2<RowKey, byte[]>, Boolean> {
  private static final long serialVersionUID = 1L;

  private final RowChoice wanted;
  private transient @Nullable Predicate<RowKey> predicate;

  RowFilter(RowChoice wanted) {
    this.wanted = wanted;
  }

  @Override
  public Boolean call(Tuple2<RowKey, byte[]> row) {
    if (predicate == null) {
      predicate = wanted.predicate();
    }
    return predicate.test(row._1());
  }
}
