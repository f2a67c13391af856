package dev.tandem.bench.work;

import dev.tandem.core.TandemException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Sees from the broker's side what an engine does, the same for every engine. */
public final class TopicWatch {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Admin admin;

  public TopicWatch(Admin admin) {
    this.admin = admin;
  }

  /** Bytes of a topic that were ever read from the broker in this process. */
  public static long bytesRead(String topic) {
    try {
      Object count =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(
                      "kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=" + topic),
                  "Count");
      return (Long) count;
    } catch (InstanceNotFoundException neverRead) {
      return 0;
    } catch (JMException e) {
      throw new IllegalStateException("the broker does not count what is read of " + topic, e);
    }
  }

  /** How many records of a topic are committed, markers of transactions among them. */
  public long committed(String topic) throws InterruptedException {
    return end(topic, IsolationLevel.READ_COMMITTED);
  }

  /**
   * Waits until nothing in a topic that nobody writes to any more is held back by a transaction:
   * one that was committed may not be visible everywhere yet.
   */
  public void awaitCommitted(String topic) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (committed(topic) < end(topic, IsolationLevel.READ_UNCOMMITTED)) {
      if (System.nanoTime() > end) {
        throw TandemException.failed(
            "a transaction holds back %s for more than %d s"
                .formatted(topic, PATIENCE.toSeconds()));
      }
      Thread.sleep(STEP.toMillis());
    }
  }

  private long end(String topic, IsolationLevel level) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int p = 0; p < Ground.PARTITIONS; p++) {
      latest.put(new TopicPartition(topic, p), OffsetSpec.latest());
    }
    try {
      return Stream.of(admin.listOffsets(latest, new ListOffsetsOptions(level)).all().get())
          .flatMap(offsets -> offsets.values().stream())
          .mapToLong(offset -> offset.offset())
          .sum();
    } catch (ExecutionException e) {
      throw TandemException.failed("Kafka does not say how far " + topic + " is: " + e, e);
    }
  }
}
