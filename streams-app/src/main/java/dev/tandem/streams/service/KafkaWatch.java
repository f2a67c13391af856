package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every two seconds how far the app is behind, which runs there are, and whether the
 * topics are still those that it began with; watches the machine's clock, too, by which Kafka's
 * clients time what they do.
 */
final class KafkaWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
  private static final long PERIOD_SECONDS = 2;
  private static final long TIMEOUT_SECONDS = 5;

  private final Admin admin;
  private final Topics topics;
  private final RunLog runs;
  private final TopicWatch topicWatch;
  private final ClockWatch clock = new ClockWatch();
  private final Consumer<TandemException> broken;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "kafka-watch");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Optional<Long> lag = Optional.empty();
  private volatile boolean reachable = true;

  /**
   * @param broken takes what the app cannot go on with
   */
  KafkaWatch(
      Admin admin,
      Topics topics,
      RunLog runs,
      TopicWatch topicWatch,
      Consumer<TandemException> broken) {
    this.admin = admin;
    this.topics = topics;
    this.runs = runs;
    this.topicWatch = topicWatch;
    this.broken = broken;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  Optional<Long> lag() {
    return lag;
  }

  boolean reachable() {
    return reachable;
  }

  private void look() {
    clock.look().ifPresent(broken);
    try {
      topicWatch.look().ifPresent(broken);
      lag = Optional.of(readLag());
      runs.refresh();
      if (!reachable) {
        LOG.info("Kafka answers again");
      }
      reachable = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (reachable) {
        LOG.warn("Kafka does not answer ({}), trying on", FailurePolicy.message(e));
      }
      reachable = false;
      lag = Optional.empty();
    }
  }

  private long readLag() throws Exception {
    Map<TopicPartition, Long> done = new HashMap<>();
    admin
        .listConsumerGroupOffsets(topics.applicationId())
        .partitionsToOffsetAndMetadata()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, offset) -> done.put(partition, offset == null ? 0 : offset.offset()));
    done.keySet()
        .removeIf(p -> !p.topic().equals(topics.events()) && !p.topic().equals(topics.partials()));
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    done.keySet().forEach(p -> latest.put(p, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        admin.listOffsets(latest).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return ends.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue().offset() - done.getOrDefault(e.getKey(), 0L)))
        .sum();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.debug("still asking Kafka");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
