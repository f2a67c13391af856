package dev.tandem.backfill.engine;

import dev.tandem.core.decision.ClosedHour;
import dev.tandem.core.decision.LearnedRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/** What files have to say to decisions, hour by hour in order; kept until {@link #close}. */
public final class HourlySignals implements AutoCloseable {
  private final JavaPairRDD<Long, byte[]> parts;

  HourlySignals(JavaPairRDD<Long, byte[]> parts) {
    this.parts = parts.persist(Engine.kept());
  }

  /** Where the history begins and ends; empty where there is none. Reads at once. */
  public Optional<LearnedRange> range() {
    Map<Long, Long> records = new HashMap<>();
    Jobs.run(
            () ->
                parts
                    .mapToPair(
                        part -> new Tuple2<>(part._1(), ClosedHour.fromBytes(part._2()).read()))
                    .reduceByKey(Long::sum)
                    .collect())
        .forEach(hour -> records.put(hour._1(), hour._2()));
    return LearnedRange.of(records);
  }

  /** Passes all parts of each hour that has any, in order. The driver holds an hour at a time. */
  public void forEach(Consumer<List<ClosedHour>> hours) {
    Iterator<Tuple2<Long, byte[]>> sorted = Jobs.run(() -> parts.sortByKey().toLocalIterator());
    List<ClosedHour> same = new ArrayList<>();
    while (Jobs.run(sorted::hasNext)) {
      ClosedHour part = ClosedHour.fromBytes(sorted.next()._2());
      if (!same.isEmpty() && same.get(0).hour() != part.hour()) {
        hours.accept(same);
        same = new ArrayList<>();
      }
      same.add(part);
    }
    if (!same.isEmpty()) {
      hours.accept(same);
    }
  }

  /** Gives up what is kept. */
  @Override
  public void close() {
    parts.unpersist();
  }
}
