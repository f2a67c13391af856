package dev.tandem.backfill.engine;

import dev.tandem.backfill.engine.FileReading.InputFile;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventBytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The events of files as tables of Spark SQL, decoded by the core. Nothing is read before a query
 * asks for it. Times are instants; the session's time zone is the pipeline's, so that functions of
 * the calendar speak of local time.
 *
 * <ul>
 *   <li>{@code events}: each event id once, as a backfill of these files counts it, rules applied;
 *   <li>{@code raw_events}: every event as it is read, with {@code _file} and {@code _line};
 *   <li>{@code rejected}: what is no event, with the reason.
 * </ul>
 */
public final class EventTables {
  private final PipelineText pipeline;
  private final SparkSession sql;

  private EventTables(PipelineText pipeline, SparkSession sql) {
    this.pipeline = pipeline;
    this.sql = sql;
  }

  /**
   * @param files local paths and URIs, in order: of an id that several have, the last one decides
   */
  static EventTables of(
      Engine engine, List<String> files, JavaPairRDD<String, EventVersions> events) {
    PipelineText pipeline = engine.pipeline();
    EventTables tables = new EventTables(pipeline, engine.sql());
    StructType columns =
        EventColumns.add(new StructType(), pipeline.definition().schema().fields());
    tables
        .sql
        .createDataFrame(events.mapPartitions(part -> clean(part, pipeline)), columns)
        .createOrReplaceTempView("events");
    List<InputFile> inputs = InputFile.of(files);
    DecodedRows decoded = new DecodedRows(pipeline);
    tables
        .sql
        .createDataFrame(engine.slices(inputs).flatMap(decoded::read), decoded.readColumns())
        .createOrReplaceTempView("raw_events");
    tables
        .sql
        .createDataFrame(engine.slices(inputs).flatMap(decoded::rejected), DecodedRows.REJECTED)
        .createOrReplaceTempView("rejected");
    return tables;
  }

  private static Iterator<Row> clean(
      Iterator<Tuple2<String, EventVersions>> events, PipelineText pipeline) {
    PipelineDefinition definition = pipeline.definition();
    List<Field> fields = definition.schema().fields();
    EventBytes bytes = new EventBytes(definition.schema());
    Rules rules = new Rules(definition);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return events.hasNext();
      }

      @Override
      public Row next() {
        Event event = bytes.decode(Objects.requireNonNull(events.next()._2().file()));
        rules.apply(event);
        @Nullable Object[] row = new Object[fields.size()];
        EventColumns.put(event, fields, row, 0);
        return RowFactory.create(row);
      }
    };
  }

  /**
   * Runs a query to its end, row by row in its order.
   *
   * @throws TandemException wrong use, when it is no query that Spark SQL understands
   */
  public void query(String text, SqlSink sink) {
    Dataset<Row> result = asked(() -> sql.sql(text));
    StructType columns = result.schema();
    SqlValues values = new SqlValues(pipeline.definition().zone());
    List<SqlSink.Column> titles = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      titles.add(SqlValues.column(columns.apply(i)));
    }
    sink.begin(titles);
    Iterator<Row> rows = asked(result::toLocalIterator);
    while (asked(rows::hasNext)) {
      sink.row(values.of(rows.next()));
    }
    sink.end();
  }

  private interface Question<T> {
    T ask() throws Exception;
  }

  /** What Spark has to say against a query begins with a line that a person can use. */
  private static <T> T asked(Question<T> question) {
    try {
      return Jobs.run(
          () -> {
            try {
              return question.ask();
            } catch (RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SparkThrowable refusal && refusal.getCondition() != null) {
          String first =
              String.valueOf(cause.getMessage()).strip().lines().findFirst().orElse("no reason");
          throw TandemException.wrongUse("Spark SQL refuses the query: " + first, e);
        }
      }
      throw e;
    }
  }
}
