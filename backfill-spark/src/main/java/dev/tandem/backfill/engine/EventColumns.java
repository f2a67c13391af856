package dev.tandem.backfill.engine;

import dev.tandem.core.definition.Field;
import dev.tandem.core.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Events as rows of Spark SQL: a column a field, of the field's type; every one may be null. */
final class EventColumns {
  /** Digits of a decimal's column: more than any scaled 64-bit number has within its limits. */
  private static final int PRECISION = 18;

  private EventColumns() {}

  static StructType add(StructType columns, List<Field> fields) {
    StructType all = columns;
    for (Field field : fields) {
      all = all.add(field.name(), type(field), true);
    }
    return all;
  }

  private static DataType type(Field field) {
    return switch (field.type()) {
      case STRING -> DataTypes.StringType;
      case STRINGS -> DataTypes.createArrayType(DataTypes.StringType, false);
      case LONG -> DataTypes.LongType;
      case DECIMAL -> DataTypes.createDecimalType(PRECISION, field.scale());
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case TIMESTAMP -> DataTypes.TimestampType;
    };
  }

  /** Puts the fields' values into a row, from a column on. */
  static void put(Event event, List<Field> fields, @Nullable Object[] row, int from) {
    for (int i = 0; i < fields.size(); i++) {
      row[from + i] = value(event, fields.get(i));
    }
  }

  private static @Nullable Object value(Event event, Field field) {
    if (!event.has(field)) {
      return null;
    }
    return switch (field.type()) {
      case STRING -> event.text(field);
      case STRINGS -> event.texts(field).toArray();
      case LONG -> event.number(field);
      case DECIMAL -> BigDecimal.valueOf(event.number(field), field.scale());
      case DOUBLE -> Double.longBitsToDouble(event.number(field));
      case BOOLEAN -> event.number(field) != 0;
      case TIMESTAMP -> Instant.ofEpochMilli(event.number(field));
    };
  }
}
