package dev.tandem.backfill.engine;

import dev.tandem.backfill.engine.FileReading.InputFile;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * What input files say, line by line, as rows of Spark SQL: the events as they are read, repeats
 * included, or the records that are none.
 */
record DecodedRows(PipelineText pipeline) implements Serializable {
  private static final StructType PLACE =
      new StructType()
          .add("_file", DataTypes.StringType, false)
          .add("_line", DataTypes.LongType, false);

  static final StructType REJECTED =
      new StructType()
          .add("file", DataTypes.StringType, false)
          .add("line", DataTypes.LongType, false)
          .add("reason", DataTypes.StringType, false)
          .add("error", DataTypes.StringType, false)
          .add("record", DataTypes.StringType, false);

  /** Columns of {@link #read}. */
  StructType readColumns() {
    return EventColumns.add(PLACE, pipeline.definition().eventFields());
  }

  /** Events as they stand in a file: no rule is applied. */
  Iterator<Row> read(InputFile file) {
    List<Field> fields = pipeline.definition().eventFields();
    return decoded(file)
        .filter(Decoded.Good.class::isInstance)
        .map(d -> row(file, (Decoded.Good) d, fields))
        .iterator();
  }

  private static Row row(InputFile file, Decoded.Good good, List<Field> fields) {
    @Nullable Object[] values = new Object[PLACE.size() + fields.size()];
    values[0] = file.name();
    values[1] = good.line();
    EventColumns.put(good.event(), fields, values, PLACE.size());
    return RowFactory.create(values);
  }

  /** The records of a file that are no events. */
  Iterator<Row> rejected(InputFile file) {
    return decoded(file)
        .filter(Decoded.Bad.class::isInstance)
        .map(d -> row(file, (Decoded.Bad) d))
        .iterator();
  }

  private static Row row(InputFile file, Decoded.Bad bad) {
    return RowFactory.create(
        file.name(),
        bad.line(),
        bad.reason().code(),
        bad.error(),
        new String(bad.raw(), StandardCharsets.UTF_8));
  }

  /** All records of a file; closed with the task. */
  Stream<Decoded> decoded(InputFile file) {
    PipelineDefinition definition = pipeline.definition();
    FileDecoder decoder = OpenFile.open(definition, file.name()).decoder();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> decoder.close());
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(decoder, 0), false);
  }
}
