package dev.tandem.backfill.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Spark SQL as plain ones, see {@link SqlSink#row}. */
final class SqlValues {
  private final DateTimeFormatter times;

  SqlValues(ZoneId zone) {
    this.times = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(zone);
  }

  static SqlSink.Column column(StructField field) {
    return new SqlSink.Column(field.name(), field.dataType() instanceof NumericType);
  }

  List<@Nullable Object> of(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(of(row.get(i)));
    }
    return values;
  }

  private @Nullable Object of(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    } else if (value instanceof Instant time) {
      return times.format(time);
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      CollectionConverters.asJava(map).forEach((k, v) -> entries.put(String.valueOf(k), of(v)));
      return entries;
    } else if (value instanceof scala.collection.Iterable<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      CollectionConverters.asJava(list).forEach(item -> items.add(of(item)));
      return items;
    } else if (value instanceof Row struct) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (int i = 0; i < struct.size(); i++) {
        members.put(struct.schema().apply(i).name(), of(struct.get(i)));
      }
      return members;
    } else if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value.toString();
  }
}
