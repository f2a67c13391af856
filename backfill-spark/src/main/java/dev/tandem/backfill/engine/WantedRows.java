package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Slice;
import dev.tandem.backfill.report.Slices;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are looked at: those of a range, or only those of some slices in it.
 *
 * @param from start of the range, see {@link TimeRange}
 * @param to its end, exclusive
 * @param slices null: all
 */
record WantedRows(PipelineText pipeline, long from, long to, @Nullable HashSet<Slice> slices)
    implements RowChoice {

  static WantedRows of(PipelineText pipeline, TimeRange range) {
    return new WantedRows(pipeline, range.from(), range.to(), null);
  }

  WantedRows only(Set<Slice> some) {
    return new WantedRows(pipeline, from, to, new HashSet<>(some));
  }

  @Override
  public Predicate<RowKey> predicate() {
    TimeRange range = new TimeRange(from, to);
    if (slices == null) {
      return key -> range.contains(key.windowStart());
    }
    Layouts layouts = new Layouts(pipeline.definition());
    Slices found = new Slices(pipeline.definition().zone());
    return key ->
        range.contains(key.windowStart())
            && slices.contains(found.of(layouts.require(key), key.windowStart()));
  }
}
