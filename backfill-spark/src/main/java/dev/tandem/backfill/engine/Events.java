package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Certificate;
import dev.tandem.backfill.report.CertificateBuilder;
import dev.tandem.backfill.report.EventCounts;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.RunInput;
import dev.tandem.core.reconcile.ClaimEntry;
import dev.tandem.core.reconcile.ClaimPlanner;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** What files, log and claims say, by event id; kept until {@link #close}. */
public final class Events implements AutoCloseable {
  private final Engine engine;
  private final Packed<String, EventVersions> byId;
  private final long ids;
  private final EventCounts fileCounts;
  private final EventCounts logCounts;
  private final List<RunInput> inputs;

  Events(
      Engine engine,
      Packed<String, EventVersions> byId,
      long ids,
      EventCounts fileCounts,
      EventCounts logCounts,
      List<RunInput> inputs) {
    this.engine = engine;
    this.byId = byId;
    this.ids = ids;
    this.fileCounts = fileCounts;
    this.logCounts = logCounts;
    this.inputs = inputs;
  }

  Packed<String, EventVersions> packed() {
    return byId;
  }

  /** Distinct event ids, those that only claims know included. */
  public long ids() {
    return ids;
  }

  public EventCounts fileCounts() {
    return fileCounts;
  }

  public EventCounts logCounts() {
    return logCounts;
  }

  /** The files as they were read, in the order given. */
  public List<RunInput> inputs() {
    return inputs;
  }

  /**
   * These and what the log says in a further stretch; this object is given up then.
   *
   * @param from by partition, where the stretch begins
   * @param to by partition, its end, exclusive
   */
  public Events plusLog(Map<Integer, Long> from, Map<Integer, Long> to) {
    return from.equals(to) ? this : engine.plusLog(this, from, to);
  }

  /** What the planner says of every id. */
  public PlannedClaims claims(ClaimPlanner planner) {
    ClaimRules rules = ClaimRules.of(planner);
    PerPartition<long[]> counts = new PerPartition<>(engine.spark());
    Packed<String, byte[]> planned =
        Packed.inPlace(
                byId.pairs()
                    .<String, byte[]>mapPartitionsToPair(
                        events -> plan(events, rules.planner(), counts), true),
                new Codecs.TextBytes(),
                engine.partitioner())
            .persist();
    planned.count();
    long[] sum = new long[2];
    for (long[] part : counts.values()) {
      sum[0] += part[0];
      sum[1] += part[1];
    }
    return new PlannedClaims(planned, sum[0], sum[1]);
  }

  private static Iterator<Tuple2<String, byte[]>> plan(
      Iterator<Tuple2<String, EventVersions>> events,
      ClaimPlanner planner,
      PerPartition<long[]> counts) {
    List<Tuple2<String, byte[]>> planned = new ArrayList<>();
    long[] claimedAndReleased = new long[2];
    while (events.hasNext()) {
      Tuple2<String, EventVersions> event = events.next();
      EventVersions v = event._2();
      Claims written = v.claims() == null ? Claims.NONE : Claims.read(Bytes.reader(v.claims()));
      Optional<Claims> claims = planner.plan(written, v.file() != null, v.log() != null);
      if (claims.isPresent()) {
        List<ClaimEntry> entries = claims.get().entries();
        claimedAndReleased[entries.get(entries.size() - 1).claim() ? 0 : 1]++;
        Bytes out = Bytes.writer();
        claims.get().write(out);
        planned.add(new Tuple2<>(event._1(), out.toArray()));
      }
    }
    counts.report(claimedAndReleased);
    return planned.iterator();
  }

  /**
   * The rows that the selected events come to. Folds at once.
   *
   * @param keep whether the rows are kept; else they are computed anew where they are asked for
   */
  public Rows fold(Selection selection, boolean keep) {
    PipelineText pipeline = engine.pipeline();
    PerPartition<IdCounts> counts = new PerPartition<>(engine.spark());
    JavaPairRDD<RowKey, byte[]> parts =
        byId.pairs()
            .mapPartitionsToPair(
                events -> {
                  PipelineDefinition definition = pipeline.definition();
                  return new FoldIterator(events, new RowFold(definition, selection), counts);
                });
    Packed<RowKey, byte[]> rows =
        Packed.move(parts, new Codecs.RowBytes(), engine.partitioner())
            .merge(new MergeRows(pipeline));
    if (keep) {
      rows.persist();
    }
    PerPartition<Certificate> certificates = new PerPartition<>(engine.spark());
    JavaRDD<Long> touched =
        rows.pairs().mapPartitions(part -> certify(part, pipeline, certificates), true);
    long sum = Jobs.run(() -> touched.fold(0L, Long::sum));
    return new Rows(
        engine,
        selection,
        rows,
        sum,
        counts.values().stream().reduce(IdCounts.NONE, IdCounts::plus),
        certificates.values().stream().reduce(Certificate.NONE, Certificate::plus));
  }

  private static Iterator<Long> certify(
      Iterator<Tuple2<RowKey, byte[]>> rows,
      PipelineText pipeline,
      PerPartition<Certificate> certificates) {
    Layouts layouts = new Layouts(pipeline.definition());
    CertificateBuilder certificate = new CertificateBuilder(pipeline.definition().zone());
    long count = 0;
    while (rows.hasNext()) {
      Tuple2<RowKey, byte[]> row = rows.next();
      certificate.add(layouts.require(row._1()), row._1(), FoldedRow.stateBytes(row._2()));
      count++;
    }
    certificates.report(certificate.build());
    return List.of(count).iterator();
  }

  /** Gives up what is kept. */
  @Override
  public void close() {
    byId.unpersist();
  }
}
