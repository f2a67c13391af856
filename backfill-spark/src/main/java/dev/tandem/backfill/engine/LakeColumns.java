package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.row.RowKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate's rows as flat columns: {@code window_start}, the dimensions, then the metrics. A
 * count or distinct count is a column of its name; of stats there are {@code _count}, {@code _sum},
 * {@code _min}, {@code _max}, of a histogram {@code _count} and {@code _p50} to {@code _p99}. With
 * a count of 0 the others are null, a sum is 0. Last comes {@link #MONTH}.
 */
record LakeColumns(AggregateDefinition aggregate, ZoneId zone) {
  static final String WINDOW = "window_start";

  /** The month of the window's start, such as {@code 2017-03}, in the pipeline's zone. */
  static final String MONTH = "month";

  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99};
  private static final String[] QUANTILE_NAMES = {"_p50", "_p90", "_p95", "_p99"};

  /** Digits of the largest scaled 64-bit number. */
  private static final int PRECISION = 19;

  /**
   * @throws TandemException of wrong use when two columns have one name
   */
  StructType schema() {
    StructType columns = new StructType().add(WINDOW, DataTypes.TimestampType, false);
    for (Field dimension : aggregate.by()) {
      columns = columns.add(dimension.name(), dimension(dimension), true);
    }
    for (Metric metric : aggregate.metrics()) {
      columns = add(columns, metric);
    }
    columns = columns.add(MONTH, DataTypes.StringType, false);
    Set<String> names = new HashSet<>();
    for (String name : columns.fieldNames()) {
      if (!names.add(name)) {
        throw TandemException.wrongUse(
            "Aggregate %s has two columns %s in a lake: rename its dimension or metric"
                .formatted(aggregate.name(), name));
      }
    }
    return columns;
  }

  private static DataType dimension(Field field) {
    return switch (field.type()) {
      case STRING, STRINGS -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case LONG -> DataTypes.LongType;
      case DECIMAL, DOUBLE, TIMESTAMP ->
          throw new IllegalStateException(field.name() + " cannot be a dimension");
    };
  }

  private static StructType add(StructType columns, Metric metric) {
    String name = metric.name();
    return switch (metric.kind()) {
      case COUNT, DISTINCT -> columns.add(name, DataTypes.LongType, false);
      case STATS ->
          columns
              .add(name + "_count", DataTypes.LongType, false)
              .add(name + "_sum", number(metric), false)
              .add(name + "_min", number(metric), true)
              .add(name + "_max", number(metric), true);
      case HISTOGRAM -> {
        StructType all = columns.add(name + "_count", DataTypes.LongType, false);
        for (String quantile : QUANTILE_NAMES) {
          all = all.add(name + quantile, number(metric), true);
        }
        yield all;
      }
    };
  }

  private static DataType number(Metric metric) {
    int scale = metric.field().scale();
    return scale == 0 ? DataTypes.LongType : DataTypes.createDecimalType(PRECISION, scale);
  }

  Row row(RowKey key, RowState state) {
    Instant start = Instant.ofEpochMilli(key.windowStart());
    List<@Nullable Object> values = new ArrayList<>();
    values.add(start);
    values.addAll(key.dimensions());
    for (Metric metric : aggregate.metrics()) {
      switch (metric.kind()) {
        case COUNT -> values.add(state.events());
        case DISTINCT -> values.add(state.distinct(metric));
        case STATS -> addStats(metric, state.stats(metric), values);
        case HISTOGRAM -> addQuantiles(metric, state, values);
      }
    }
    values.add(YearMonth.from(start.atZone(zone)).toString());
    return RowFactory.create(values.toArray());
  }

  private static void addStats(
      Metric metric, RowState.@Nullable Stats stats, List<@Nullable Object> values) {
    values.add(stats == null ? 0L : stats.count());
    values.add(scaled(metric, stats == null ? 0L : stats.sum()));
    values.add(stats == null ? null : scaled(metric, stats.min()));
    values.add(stats == null ? null : scaled(metric, stats.max()));
  }

  private static void addQuantiles(Metric metric, RowState state, List<@Nullable Object> values) {
    long count = state.histogramCount(metric);
    values.add(count);
    for (double quantile : QUANTILES) {
      values.add(count == 0 ? null : scaled(metric, state.quantile(metric, quantile)));
    }
  }

  private static Object scaled(Metric metric, long value) {
    int scale = metric.field().scale();
    if (scale == 0) {
      return value;
    }
    return BigDecimal.valueOf(value, scale);
  }
}
