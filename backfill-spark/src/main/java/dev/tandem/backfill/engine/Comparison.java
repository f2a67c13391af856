package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.RowSummary;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.Optional;
import scala.Tuple2;

/** The rows that differ from what is served, or all that were compared; kept until closed. */
public final class Comparison implements AutoCloseable {
  private final Rows computed;
  private final Packed<RowKey, byte[]> packed;
  private final long count;
  private final List<RowSummary> summaries;

  Comparison(Rows computed, Packed<RowKey, byte[]> packed, long count, List<RowSummary> summaries) {
    this.computed = computed;
    this.packed = packed;
    this.count = count;
    this.summaries = List.copyOf(summaries);
  }

  /** How many rows {@link #forEach} passes. */
  public long count() {
    return count;
  }

  /** What was found, by aggregate in the pipeline's order. */
  public List<RowSummary> summaries() {
    return summaries;
  }

  /** Passes the rows, in no particular order. */
  public void forEach(Consumer<Difference> sink) {
    packed.forEach((key, row) -> sink.accept(Difference.of(key, row)));
  }

  /**
   * Looks again at rows that differ. One that is served right by now differs no longer; one that
   * was served anew meanwhile, or that later events touch, is moving.
   *
   * @param from by partition of the aggregates, where the comparison ended
   * @param ends by partition, where to stop now
   * @param later rows of the events that came behind those that were counted
   * @param most how many rows that are different to name
   */
  public Recheck recheck(Map<Integer, Long> from, Map<Integer, Long> ends, Rows later, int most) {
    JavaPairRDD<RowKey, Boolean> touched = later.rdd().mapValues(row -> true);
    PipelineText pipeline = computed.engine().pipeline();
    PerPartition<Recheck> results = new PerPartition<>(computed.engine().spark());
    JavaRDD<Integer> looked =
        packed
            .pairs()
            .leftOuterJoin(computed.served(from, ends), computed.engine().partitioner())
            .leftOuterJoin(touched, computed.engine().partitioner())
            .mapPartitions(
                rows -> {
                  results.report(recheck(rows, new Layouts(pipeline.definition()), most));
                  return List.<Integer>of().iterator();
                },
                true);
    Jobs.run(looked::count);
    return results.values().stream().reduce(Recheck.NONE, (a, b) -> a.plus(b, most));
  }

  private static Recheck recheck(
      Iterator<Tuple2<RowKey, Tuple2<Tuple2<byte[], Optional<byte[]>>, Optional<Boolean>>>> rows,
      Layouts layouts,
      int most) {
    long[] different = new long[layouts.size()];
    long[] moving = new long[layouts.size()];
    List<Recheck.Row> first = new ArrayList<>();
    while (rows.hasNext()) {
      Tuple2<RowKey, Tuple2<Tuple2<byte[], Optional<byte[]>>, Optional<Boolean>>> row = rows.next();
      Optional<byte[]> again = row._2()._1()._2();
      Difference d = Difference.of(row._1(), row._2()._1()._1());
      byte[] served = again.isPresent() ? ServedReading.state(again.get()) : d.before();
      int aggregate = layouts.require(d.key());
      if (Arrays.equals(served, d.after())) {
        continue;
      }
      if (again.isPresent() || row._2()._2().isPresent()) {
        moving[aggregate]++;
      } else {
        different[aggregate]++;
        first.add(new Recheck.Row(d.key(), served, d.after()));
        if (first.size() >= 2L * most) {
          first = new ArrayList<>(Recheck.first(first, most));
        }
      }
    }
    return new Recheck(Recheck.list(different), Recheck.list(moving), Recheck.first(first, most));
  }

  @Override
  public void close() {
    packed.unpersist();
  }
}
