package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/** Writes rows into a lake: first all of them beside it, then month by month into place. */
record LakeWriter(Engine engine, Lake lake) {

  /** Rows without events are left out. */
  void write(JavaPairRDD<RowKey, byte[]> rows) {
    PipelineDefinition definition = engine.pipeline().definition();
    try {
      Path beside = Files.createTempDirectory(lake.folder(), ".writing-");
      try {
        for (int i = 0; i < definition.aggregates().size(); i++) {
          write(rows, i, beside.resolve(definition.aggregates().get(i).name()));
        }
        for (AggregateDefinition aggregate : definition.aggregates()) {
          new LakeMonths(lake.folder().resolve(aggregate.name()))
              .replace(beside.resolve(aggregate.name()), lake.range(), definition.zone());
        }
      } finally {
        delete(beside);
      }
    } catch (IOException e) {
      throw TandemException.failed(
          "Cannot write the lake %s (%s): make room or give another folder, and run the backfill again"
              .formatted(lake.folder(), e),
          e);
    }
  }

  private void write(JavaPairRDD<RowKey, byte[]> rows, int aggregate, Path target) {
    PipelineDefinition definition = engine.pipeline().definition();
    AggregateDefinition wanted = definition.aggregates().get(aggregate);
    LakeColumns columns = new LakeColumns(wanted, definition.zone());
    PipelineText pipeline = engine.pipeline();
    Dataset<Row> table =
        engine
            .sql()
            .createDataFrame(
                rows.mapPartitions(part -> of(part, pipeline, aggregate)), columns.schema());
    Column month = functions.col(LakeColumns.MONTH);
    Column[] order =
        Stream.concat(
                Stream.of(LakeColumns.MONTH, LakeColumns.WINDOW),
                wanted.by().stream().map(field -> field.name()))
            .map(functions::col)
            .toArray(Column[]::new);
    Jobs.run(
        () -> {
          table
              .repartition(month)
              .sortWithinPartitions(order)
              .write()
              .partitionBy(LakeColumns.MONTH)
              .parquet(target.toUri().toString());
          return 0;
        });
  }

  private static Iterator<Row> of(
      Iterator<Tuple2<RowKey, byte[]>> rows, PipelineText pipeline, int aggregate) {
    PipelineDefinition definition = pipeline.definition();
    Layouts layouts = new Layouts(definition);
    LakeColumns columns = new LakeColumns(layouts.aggregate(aggregate), definition.zone());
    Iterable<Tuple2<RowKey, byte[]>> all = () -> rows;
    return StreamSupport.stream(all.spliterator(), false)
        .filter(row -> layouts.require(row._1()) == aggregate)
        .filter(row -> FoldedRow.stateBytes(row._2()).length > 0)
        .map(row -> columns.row(row._1(), FoldedRow.read(layouts, row._2()).state()))
        .iterator();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
