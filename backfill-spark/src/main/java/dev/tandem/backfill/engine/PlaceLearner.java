package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.decision.Place;
import dev.tandem.core.decision.WeekProfile;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PlacesMap;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Learns where subjects are from the rows that the pipeline's map reads coordinates from. */
final class PlaceLearner {
  /** The longest window is a month: one that reaches into the time looked at began before it. */
  private static final long LONGEST_WINDOW = 31L * 24 * 3_600_000;

  private final PipelineText pipeline;
  private final JavaPairRDD<RowKey, byte[]> states;

  PlaceLearner(PipelineText pipeline, JavaPairRDD<RowKey, byte[]> states) {
    this.pipeline = pipeline;
    this.states = states;
  }

  /** The aggregate with the coordinates, if the pipeline has a map. */
  static Optional<AggregateDefinition> aggregate(PipelineText pipeline) {
    return pipeline
        .definition()
        .page()
        .map()
        .flatMap(map -> pipeline.definition().aggregate(map.places()));
  }

  /**
   * The mean coordinates of subjects since {@code begin}. Reads at once.
   *
   * @param wanted by subject, for those whose places are wanted
   */
  Map<String, Place> learn(long begin, Collection<Map<String, WeekProfile>> wanted) {
    return aggregate(pipeline).map(a -> learn(a, begin, wanted)).orElse(Map.of());
  }

  private Map<String, Place> learn(
      AggregateDefinition aggregate, long begin, Collection<Map<String, WeekProfile>> wanted) {
    TimeRange recent = new TimeRange(begin - LONGEST_WINDOW, Long.MAX_VALUE);
    RowFilter filter = new RowFilter(LearnedRows.of(Set.of(aggregate), recent, true));
    PipelineText text = pipeline;
    Map<String, double[]> sums =
        Jobs.run(
            () ->
                states
                    .filter(filter)
                    .mapPartitionsToPair(rows -> sums(rows, text))
                    .reduceByKey(PlaceLearner::plus)
                    .collectAsMap());
    Map<String, Place> places = new HashMap<>();
    sums.forEach(
        (subject, sum) -> {
          if (wanted.stream().anyMatch(bySubject -> bySubject.containsKey(subject))) {
            places.put(subject, new Place(sum[0] / sum[1], sum[2] / sum[3]));
          }
        });
    return places;
  }

  /** By subject: sum and count of latitudes, sum and count of longitudes. */
  private static Iterator<Tuple2<String, double[]>> sums(
      Iterator<Tuple2<RowKey, byte[]>> rows, PipelineText pipeline) {
    Layouts layouts = new Layouts(pipeline.definition());
    AggregateDefinition aggregate = aggregate(pipeline).orElseThrow();
    PlacesMap map = pipeline.definition().page().map().orElseThrow();
    Metric lat = metric(aggregate, map.lat());
    Metric lon = metric(aggregate, map.lon());
    List<Tuple2<String, double[]>> sums = new ArrayList<>();
    rows.forEachRemaining(
        row -> {
          RowState state = RowState.fromBytes(layouts.get(layouts.require(row._1())), row._2());
          RowState.@Nullable Stats lats = state.stats(lat);
          RowState.@Nullable Stats lons = state.stats(lon);
          if (lats != null && lons != null) {
            sums.add(
                new Tuple2<>(
                    LearnedRows.subject(row._1()),
                    new double[] {
                      unscaled(lat, lats), lats.count(), unscaled(lon, lons), lons.count()
                    }));
          }
        });
    return sums.iterator();
  }

  private static Metric metric(AggregateDefinition aggregate, String name) {
    return aggregate.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double unscaled(Metric metric, RowState.Stats stats) {
    return stats.sum() / Math.pow(10, metric.field().scale());
  }

  private static double[] plus(double[] a, double[] b) {
    return new double[] {a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]};
  }
}
