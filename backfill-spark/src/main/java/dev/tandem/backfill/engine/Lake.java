package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.time.CalendarWindows;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local folder that holds a pipeline's rows as Parquet, a file for each aggregate and calendar
 * month: {@code DIR/PIPELINE/AGGREGATE/month=2017-03/rows.parquet}. A file is replaced as a whole
 * and at once, so a reader finds a month as it was or as it is.
 */
public final class Lake {
  private final Path folder;
  private final TimeRange range;

  private Lake(Path folder, TimeRange range) {
    this.folder = folder;
    this.range = range;
  }

  /**
   * Makes the folder where it is not there.
   *
   * @param range of the rows that will be written; whole months of the pipeline's zone
   * @throws TandemException of wrong use when it cuts a month, two columns have one name, or the
   *     folder cannot be made
   */
  public static Lake of(Path directory, PipelineDefinition pipeline, TimeRange range) {
    CalendarWindows calendar = new CalendarWindows(pipeline.zone());
    if (cutsMonth(calendar, range.from(), TimeRange.ALL.from())
        || cutsMonth(calendar, range.to(), TimeRange.ALL.to())) {
      throw TandemException.wrongUse(
          "--lake replaces whole months: let --from and --to be the first day of a month");
    }
    for (AggregateDefinition aggregate : pipeline.aggregates()) {
      new LakeColumns(aggregate, pipeline.zone()).schema();
    }
    Path folder = directory.resolve(pipeline.name()).toAbsolutePath();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw TandemException.wrongUse(
          "Cannot make the folder %s (%s): give --lake a local folder that can be written"
              .formatted(folder, e),
          e);
    }
    return new Lake(folder, range);
  }

  private static boolean cutsMonth(CalendarWindows calendar, long edge, long open) {
    return edge != open && calendar.start(WindowUnit.MONTH, edge) != edge;
  }

  /** Its path, for people. */
  @Override
  public String toString() {
    return folder.toString();
  }

  Path folder() {
    return folder;
  }

  TimeRange range() {
    return range;
  }
}
