package dev.tandem.backfill.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the result of a query: the columns, then row after row, then the end. */
public interface SqlSink {
  /** A column of a result. */
  record Column(String name, boolean number) {}

  void begin(List<Column> columns);

  /**
   * @param values in the columns' order: null, text, a number, a boolean, or a list or map of
   *     these; times are ISO-8601 texts with the offset of the pipeline's zone, dates ISO-8601
   */
  void row(List<@Nullable Object> values);

  void end();
}
