package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Certificate;
import dev.tandem.backfill.report.RowSummary;
import dev.tandem.backfill.report.Slice;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Rows as a batch computed them, and those it has to look at; kept until {@link #close}. */
public final class Rows implements AutoCloseable {
  private final Engine engine;
  private final Selection selection;
  private final Packed<RowKey, byte[]> packed;
  private final long touched;
  private final IdCounts counts;
  private final Certificate certificate;

  Rows(
      Engine engine,
      Selection selection,
      Packed<RowKey, byte[]> packed,
      long touched,
      IdCounts counts,
      Certificate certificate) {
    this.engine = engine;
    this.selection = selection;
    this.packed = packed;
    this.touched = touched;
    this.counts = counts;
    this.certificate = certificate;
  }

  JavaPairRDD<RowKey, byte[]> rdd() {
    return packed.pairs();
  }

  Engine engine() {
    return engine;
  }

  /** Puts them into a lake in place of what it has of their months. Writes at once. */
  public void write(Lake lake) {
    new LakeWriter(engine, lake).write(rdd());
  }

  /** Rows that some version of an event touches. */
  public long touched() {
    return touched;
  }

  /** The events behind them. */
  public IdCounts counts() {
    return counts;
  }

  /** Of those that should exist. */
  public Certificate certificate() {
    return certificate;
  }

  /**
   * These rows and, with nothing in them, all others that were ever corrected: a row without events
   * that some backfill has spoken of must be spoken of again.
   *
   * @param ends by partition of the corrections, where to stop
   */
  public Rows plusCorrected(Map<Integer, Long> ends) {
    Topics topics = Topics.of(engine.pipeline().definition());
    LogReading log = engine.logReading(selection.logPartitions());
    Selection inRange = selection;
    JavaPairRDD<RowKey, byte[]> corrected =
        engine
            .slices(LogSplit.of(topics.corrections(), Map.of(), ends))
            .mapPartitionsToPair(splits -> correctedRows(log, inRange, splits));
    Packed<RowKey, byte[]> all =
        packed.union(move(corrected)).merge(new MergeRows(engine.pipeline()));
    return new Rows(engine, selection, all, touched, counts, certificate);
  }

  private static Iterator<Tuple2<RowKey, byte[]>> correctedRows(
      LogReading log, Selection selection, Iterator<LogSplit> splits) {
    Layouts layouts = new Layouts(log.pipeline().definition());
    TimeRange range = selection.range();
    List<Tuple2<RowKey, byte[]>> rows = new ArrayList<>();
    log.read(
        splits,
        record -> {
          if (RowKey.isRowKey(record.key())) {
            RowKey key = RowKey.of(record.key());
            @Nullable Integer aggregate = layouts.index(key.definitionId());
            if (aggregate != null && range.contains(key.windowStart())) {
              rows.add(new Tuple2<>(key, FoldedRow.untouched(layouts, aggregate).toBytes()));
            }
          }
        });
    return rows.iterator();
  }

  /**
   * Compares with what is served, row by row. Reads at once.
   *
   * @param ends by partition of the aggregates, where to stop
   * @param barrier served values are taken as of this barrier; 0: as they are now
   * @param all whether to give out every row, and not only those that differ
   */
  public Comparison compare(Map<Integer, Long> ends, long barrier, boolean all) {
    return compare(wanted(), rdd(), ends, barrier, all);
  }

  /**
   * Compares the rows of some slices with what is served now; gives out those that differ. Reads at
   * once.
   *
   * @param ends by partition of the aggregates, where to stop
   */
  public Comparison compare(Map<Integer, Long> ends, Set<Slice> slices) {
    WantedRows wanted = wanted().only(slices);
    return compare(wanted, rdd().filter(new RowFilter(wanted)), ends, 0, false);
  }

  /**
   * Learns what is normal from these rows and, outside their range, from those that are served.
   * Reads at once.
   *
   * @param ends by partition of the aggregates, where to stop
   * @return empty where all of them are of less than a week
   */
  public Optional<NewBaseline> learn(Map<Integer, Long> ends) {
    PipelineText pipeline = engine.pipeline();
    Set<AggregateDefinition> aggregates =
        new LinkedHashSet<>(pipeline.definition().decisions().learned());
    PlaceLearner.aggregate(pipeline).ifPresent(aggregates::add);
    TimeRange range = selection.range();
    JavaPairRDD<RowKey, byte[]> states =
        rdd()
            .filter(new RowFilter(LearnedRows.of(aggregates, range, true)))
            .mapValues(FoldedRow::stateBytes);
    if (!range.equals(TimeRange.ALL)) {
      LearnedRows outside = LearnedRows.of(aggregates, range, false);
      states = states.union(served(outside, Map.of(), ends, 0).mapValues(ServedReading::state));
    }
    JavaPairRDD<RowKey, byte[]> kept =
        states.filter(row -> row._2().length > 0).persist(Engine.kept());
    try {
      return new BaselineLearner(pipeline, kept).learn();
    } finally {
      kept.unpersist();
    }
  }

  private WantedRows wanted() {
    return WantedRows.of(engine.pipeline(), selection.range());
  }

  private Comparison compare(
      WantedRows wanted,
      JavaPairRDD<RowKey, byte[]> computed,
      Map<Integer, Long> ends,
      long barrier,
      boolean all) {
    JavaPairRDD<RowKey, byte[]> served = served(wanted, Map.of(), ends, barrier);
    PerPartition<ArrayList<RowSummary>> summaries = new PerPartition<>(engine.spark());
    PipelineText pipeline = engine.pipeline();
    JavaPairRDD<RowKey, byte[]> compared =
        computed
            .cogroup(served, engine.partitioner())
            .<RowKey, byte[]>mapPartitionsToPair(
                rows ->
                    new CompareIterator(rows, new Layouts(pipeline.definition()), all, summaries),
                true);
    Packed<RowKey, byte[]> changes =
        Packed.inPlace(compared, new Codecs.RowBytes(), engine.partitioner()).persist();
    long count = changes.count();
    return new Comparison(this, changes, count, sum(summaries));
  }

  /**
   * The certificate of the rows that are served now. Reads at once; no row leaves the task that
   * reads it.
   *
   * @param ends by partition of the aggregates, where to stop
   */
  public Certificate served(Map<Integer, Long> ends) {
    ServedReading reading = reading(wanted(), 0);
    JavaRDD<Certificate> parts =
        engine.slices(LogSplit.whole(aggregates(), Map.of(), ends)).map(reading::certificate);
    return Jobs.run(() -> parts.collect()).stream().reduce(Certificate.NONE, Certificate::plus);
  }

  private ServedReading reading(RowChoice wanted, long barrier) {
    return new ServedReading(engine.logReading(selection.logPartitions()), wanted, barrier);
  }

  private String aggregates() {
    return Topics.of(engine.pipeline().definition()).aggregates();
  }

  /** The latest records of the aggregates topic in a stretch of it, by row. */
  JavaPairRDD<RowKey, byte[]> served(Map<Integer, Long> from, Map<Integer, Long> ends) {
    return served(wanted(), from, ends, 0);
  }

  private JavaPairRDD<RowKey, byte[]> served(
      RowChoice wanted, Map<Integer, Long> from, Map<Integer, Long> ends, long barrier) {
    ServedReading reading = reading(wanted, barrier);
    JavaPairRDD<RowKey, byte[]> records =
        engine.slices(LogSplit.of(aggregates(), from, ends)).mapPartitionsToPair(reading::rows);
    return move(records).merge(ServedReading::later).pairs();
  }

  private Packed<RowKey, byte[]> move(JavaPairRDD<RowKey, byte[]> rows) {
    return Packed.move(rows, new Codecs.RowBytes(), engine.partitioner());
  }

  private List<RowSummary> sum(PerPartition<ArrayList<RowSummary>> summaries) {
    List<RowSummary> sum = new ArrayList<>();
    for (int i = 0; i < engine.pipeline().definition().aggregates().size(); i++) {
      int aggregate = i;
      sum.add(
          summaries.values().stream()
              .map(part -> part.get(aggregate))
              .reduce(RowSummary.NONE, RowSummary::plus));
    }
    return sum;
  }

  @Override
  public void close() {
    packed.unpersist();
  }
}
