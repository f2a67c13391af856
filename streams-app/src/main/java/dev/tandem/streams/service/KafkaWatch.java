package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.HangingTransactions;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** Every so many looks at the rest. */
  private static final int LOOKS_A_TRANSACTION_LOOK = 15;

  private final Admin admin;
  private final Topics topics;
  private final RunLog runs;
  private final TopicWatch topicWatch;
  private final HangingTransactions transactions;
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
  private volatile Optional<String> hanging = Optional.empty();
  private int looks;

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
    this.transactions = new HangingTransactions(admin, topics);
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

  /**
   * A transaction behind which nothing is read any more, and what to do; empty when there is none.
   */
  Optional<String> hanging() {
    return hanging;
  }

  private void look() {
    clock.look().ifPresent(broken);
    try {
      topicWatch.look().ifPresent(broken);
      lag = Optional.of(readLag());
      runs.refresh();
      if (looks++ % LOOKS_A_TRANSACTION_LOOK == 0) {
        lookForHanging();
      }
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

  private void lookForHanging() throws InterruptedException {
    try {
      Optional<String> before = hanging;
      hanging = transactions.look().stream().findFirst().map(KafkaWatch::described);
      if (before.isEmpty()) {
        hanging.ifPresent(problem -> LOG.error("{}: {}", topics.pipeline(), problem));
      }
    } catch (ExecutionException | TimeoutException e) {
      // Also where Kafka does not let the app ask for producers and transactions.
      LOG.debug("not looked for hanging transactions this time", e);
    }
  }

  private static String described(HangingTransactions.Hanging hanging) {
    return "Kafka holds a transaction open that it has ended: nothing of %s behind offset %d is read until you run kafka-transactions.sh --bootstrap-server HOST:PORT abort --topic %s --partition %d --start-offset %d, then ./tandem verify"
        .formatted(
            hanging.partition(),
            hanging.offset(),
            hanging.partition().topic(),
            hanging.partition().partition(),
            hanging.offset());
  }

  private long readLag() throws Exception {
    Map<TopicPartition, Long> done = new HashMap<>();
    admin
        .listConsumerGroupOffsets(topics.applicationId())
        .partitionsToOffsetAndMetadata()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, offset) -> done.put(partition, offset == null ? 0 : offset.offset()));
    done.keySet()
        .removeIf(
            p ->
                !p.topic().equals(topics.events())
                    && !p.topic().equals(topics.partials())
                    && !p.topic().equals(topics.signals()));
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
