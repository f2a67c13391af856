package dev.tandem.replay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Reads how far earlier replays got. */
public final class ProgressLog {
  /** What the keys of others than replays of files begin with. */
  public static final String REJECTED = "rejected-";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ProgressLog() {}

  /**
   * The progress of all replays of files by id, committed before this was called.
   *
   * @param admin of the same cluster
   */
  static Map<String, Progress> read(Map<String, String> kafka, Admin admin, String topic) {
    Map<String, Progress> found = new HashMap<>();
    forEach(
        kafka,
        admin,
        topic,
        (id, value) -> {
          if (!id.startsWith(REJECTED)) {
            found.put(id, Progress.fromBytes(value));
          }
        });
    return found;
  }

  /**
   * Every record by id, oldest first, committed before this was called. Waits for transactions that
   * are being written to the topic: behind them nothing can be seen.
   *
   * @param admin of the same cluster
   */
  public static void forEach(
      Map<String, String> kafka, Admin admin, String topic, BiConsumer<String, byte[]> sink) {
    TopicPartition partition = new TopicPartition(topic, 0);
    long written = written(admin, partition);
    try (TopicReader reader = new TopicReader(kafka)) {
      awaitEnd(reader, partition, written);
      reader.read(
          partition,
          0,
          written,
          record -> {
            if (record.value() != null) {
              sink.accept(new String(record.key(), UTF_8), record.value());
            }
          });
    }
  }

  private static long written(Admin admin, TopicPartition partition) {
    try {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException e) {
      throw TandemException.failed("Cannot read " + partition.topic() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TandemException.failed("interrupted while reading " + partition.topic(), e);
    }
  }

  private static void awaitEnd(TopicReader reader, TopicPartition partition, long written) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (reader.end(partition) < written) {
      if (System.nanoTime() > deadline) {
        throw TandemException.failed(
            "A transaction holds back "
                + partition.topic()
                + " for more than "
                + PATIENCE.toSeconds()
                + " s: try again later");
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw TandemException.failed("interrupted while reading " + partition.topic(), e);
      }
    }
  }
}
