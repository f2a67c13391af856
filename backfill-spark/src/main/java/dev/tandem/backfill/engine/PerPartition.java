package dev.tandem.backfill.engine;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;

/**
 * A value that each partition of one stage reports to the driver while it computes something else.
 * Counted once a partition, however often a task is repeated.
 */
final class PerPartition<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final CollectionAccumulator<Entry<T>> reports;

  private record Entry<T extends Serializable>(int partition, T value) implements Serializable {}

  PerPartition(JavaSparkContext spark) {
    reports = spark.sc().collectionAccumulator();
  }

  /** To be called at the end of a partition, once. */
  void report(T value) {
    reports.add(new Entry<>(TaskContext.getPartitionId(), value));
  }

  /** On the driver, when the stage is done. */
  List<T> values() {
    Map<Integer, T> byPartition = new TreeMap<>();
    reports.value().forEach(e -> byPartition.put(e.partition(), e.value()));
    return List.copyOf(byPartition.values());
  }
}
