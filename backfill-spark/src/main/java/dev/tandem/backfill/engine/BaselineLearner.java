package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.decision.LearnedRange;
import dev.tandem.core.decision.WeekLearner;
import dev.tandem.core.decision.WeekProfile;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * Learns what is normal from rows, subject by subject, in tasks. The driver sees events by hour and
 * the finished profiles, of {@link WeekLearner#MOST_SUBJECTS} subjects an aggregate at most.
 */
final class BaselineLearner {
  private final PipelineText pipeline;
  private final PipelineDefinition definition;
  private final JavaPairRDD<RowKey, byte[]> states;

  /**
   * @param states the states of all rows that are to be looked at, each row once, none empty
   */
  BaselineLearner(PipelineText pipeline, JavaPairRDD<RowKey, byte[]> states) {
    this.pipeline = pipeline;
    this.definition = pipeline.definition();
    this.states = states;
  }

  /** Empty where the rows are of less than a week. Reads at once. */
  Optional<NewBaseline> learn() {
    RowFilter learned =
        new RowFilter(LearnedRows.of(definition.decisions().learned(), TimeRange.ALL, true));
    PipelineText text = pipeline;
    JavaPairRDD<RowKey, Long> counts =
        states
            .filter(learned)
            .mapPartitionsToPair(rows -> counts(rows, new Layouts(text.definition())), true)
            .persist(Engine.kept());
    try {
      return LearnedRange.of(byHour(counts))
          .filter(LearnedRange::isWeek)
          .map(range -> learn(counts, range));
    } finally {
      counts.unpersist();
    }
  }

  private static Iterator<Tuple2<RowKey, Long>> counts(
      Iterator<Tuple2<RowKey, byte[]>> rows, Layouts layouts) {
    List<Tuple2<RowKey, Long>> counts = new ArrayList<>();
    rows.forEachRemaining(row -> counts.add(new Tuple2<>(row._1(), state(row, layouts).events())));
    return counts.iterator();
  }

  private static RowState state(Tuple2<RowKey, byte[]> row, Layouts layouts) {
    return RowState.fromBytes(layouts.get(layouts.require(row._1())), row._2());
  }

  private static Map<Long, Long> byHour(JavaPairRDD<RowKey, Long> counts) {
    return Jobs.run(
        () ->
            counts
                .mapToPair(row -> new Tuple2<>(row._1().windowStart(), row._2()))
                .reduceByKey(Long::sum)
                .collectAsMap());
  }

  private NewBaseline learn(JavaPairRDD<RowKey, Long> counts, LearnedRange range) {
    ZoneId zone = definition.zone();
    long end = range.end();
    long begin = new WeekLearner(zone, end).begin();
    Map<Tuple2<Long, String>, Long> bySubject =
        Jobs.run(
            () ->
                counts
                    .filter(r -> r._1().windowStart() >= begin && r._1().windowStart() < end)
                    .mapToPair(r -> new Tuple2<>(subject(r._1()), r._2()))
                    .reduceByKey(Long::sum)
                    .collectAsMap());
    HashSet<Tuple2<Long, String>> busiest = busiest(bySubject);
    Map<Tuple2<Long, String>, double[][]> learned =
        Jobs.run(
            () ->
                counts
                    .mapToPair(r -> new Tuple2<>(subject(r._1()), hour(r)))
                    .filter(r -> busiest.contains(r._1()))
                    .groupByKey()
                    .mapValues(series -> profile(new WeekLearner(zone, end), series))
                    .collectAsMap());
    Map<AggregateDefinition, Map<String, WeekProfile>> profiles = profiles(learned);
    return new NewBaseline(
        new LearnedRange(Math.max(begin, range.first()), end),
        profiles,
        new PlaceLearner(pipeline, states).learn(begin, profiles.values()),
        bySubject.size() - busiest.size());
  }

  /** Definition and subject of a row. */
  private static Tuple2<Long, String> subject(RowKey key) {
    return new Tuple2<>(key.definitionId(), LearnedRows.subject(key));
  }

  private static Tuple2<Long, Long> hour(Tuple2<RowKey, Long> row) {
    return new Tuple2<>(row._1().windowStart(), row._2());
  }

  private static HashSet<Tuple2<Long, String>> busiest(Map<Tuple2<Long, String>, Long> events) {
    Map<Long, List<Tuple2<Long, String>>> byDefinition =
        events.entrySet().stream()
            .sorted(
                Map.Entry.<Tuple2<Long, String>, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(entry -> entry.getKey()._2()))
            .map(Map.Entry::getKey)
            .collect(Collectors.groupingBy(Tuple2::_1));
    return byDefinition.values().stream()
        .flatMap(subjects -> subjects.stream().limit(WeekLearner.MOST_SUBJECTS))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static double[][] profile(WeekLearner learner, Iterable<Tuple2<Long, Long>> series) {
    Map<Long, Long> counts = new HashMap<>();
    long first = Long.MAX_VALUE;
    for (Tuple2<Long, Long> hour : series) {
      counts.merge(hour._1(), hour._2(), Long::sum);
      first = Math.min(first, hour._1());
    }
    WeekProfile profile = learner.learn(first, counts);
    return new double[][] {profile.expected(), profile.spread()};
  }

  private Map<AggregateDefinition, Map<String, WeekProfile>> profiles(
      Map<Tuple2<Long, String>, double[][]> learned) {
    Map<AggregateDefinition, Map<String, WeekProfile>> profiles = new LinkedHashMap<>();
    for (AggregateDefinition aggregate : definition.decisions().learned()) {
      Map<String, WeekProfile> bySubject = new HashMap<>();
      learned.forEach(
          (key, week) -> {
            if (key._1() == aggregate.id()) {
              bySubject.put(key._2(), new WeekProfile(week[0], week[1]));
            }
          });
      profiles.put(aggregate, bySubject);
    }
    return profiles;
  }
}
