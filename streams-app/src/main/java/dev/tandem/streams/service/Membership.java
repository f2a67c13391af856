package dev.tandem.streams.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Until when this process certainly was a member of its group, and so the only one that worked on
 * its partitions: what it serves is at least as new as that, even if it slept and another took its
 * place. A heartbeat that was answered proves the one before: had that been refused, the consumer
 * would have joined anew, with other partitions, before it sent the next. Thread-safe.
 */
final class Membership {
  private static final String HEARTBEATS = "heartbeat-total";

  private final KafkaStreams streams;
  private final LongSupplier clock;
  private final Map<MetricName, Beat> beats = new HashMap<>();
  private long lastLook;

  /**
   * How many answers a consumer counted.
   *
   * @param since the newest of them came after this time
   * @param proven the same of the one before, which is proven by the newest
   */
  private record Beat(double count, long since, long proven) {}

  Membership(KafkaStreams streams, LongSupplier clock) {
    this.streams = streams;
    this.clock = clock;
  }

  /** To be called several times a heartbeat interval. */
  synchronized void look() {
    long before = lastLook;
    lastLook = clock.getAsLong();
    Map<MetricName, Beat> seen = new HashMap<>();
    for (Map.Entry<MetricName, ? extends Metric> e : streams.metrics().entrySet()) {
      if (e.getKey().name().equals(HEARTBEATS)
          && e.getKey().group().equals("consumer-coordinator-metrics")
          && e.getValue().metricValue() instanceof Double count) {
        Beat last = beats.get(e.getKey());
        seen.put(
            e.getKey(),
            last == null
                ? new Beat(count, 0, 0)
                : count > last.count() ? new Beat(count, before, last.since()) : last);
      }
    }
    beats.clear();
    beats.putAll(seen);
  }

  /** In milliseconds; 0 while nothing is proven. */
  synchronized long proven() {
    return List.copyOf(beats.values()).stream().mapToLong(Beat::proven).min().orElse(0);
  }
}
