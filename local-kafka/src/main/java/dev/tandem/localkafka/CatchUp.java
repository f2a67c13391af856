package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Waits until the streams app has read all events that are there. */
final class CatchUp {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration REPORT = Duration.ofSeconds(5);
  private static final Duration STUCK = Duration.ofSeconds(120);

  private final String bootstrap;
  private final PipelineDefinition pipeline;

  CatchUp(String bootstrap, PipelineDefinition pipeline) {
    this.bootstrap = bootstrap;
    this.pipeline = pipeline;
  }

  void await(Consumer<String> say) throws InterruptedException {
    long began = System.nanoTime();
    long moved = began;
    long reported = began;
    long before = Long.MAX_VALUE;
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
      for (long lag = lag(admin); lag > 0; lag = lag(admin)) {
        long now = System.nanoTime();
        if (lag < before) {
          before = lag;
          moved = now;
        } else if (now - moved > STUCK.toNanos()) {
          throw TandemException.failed("the streams app is stuck " + lag + " events behind");
        }
        if (now - reported >= REPORT.toNanos()) {
          say.accept("streams app catching up: %,d events behind".formatted(lag));
          reported = now;
        }
        Thread.sleep(STEP.toMillis());
      }
    } catch (ExecutionException e) {
      throw TandemException.failed("cannot read the lag of the streams app: " + e.getMessage(), e);
    }
    say.accept(
        "streams app has caught up %,d s after the replay"
            .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
  }

  private long lag(Admin admin) throws ExecutionException, InterruptedException {
    Topics topics = Topics.of(pipeline);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(topics.applicationId())
            .partitionsToOffsetAndMetadata()
            .get();
    int partitions =
        Objects.requireNonNull(
                admin
                    .describeTopics(List.of(topics.events()))
                    .allTopicNames()
                    .get()
                    .get(topics.events()))
            .partitions()
            .size();
    long lag = 0;
    for (int p = 0; p < partitions; p++) {
      TopicPartition partition = new TopicPartition(topics.events(), p);
      long end =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.latest()))
              .partitionResult(partition)
              .get()
              .offset();
      OffsetAndMetadata at = committed.get(partition);
      // Behind the last event of a transaction lies its marker, which Streams may not have
      // committed.
      lag += Math.max(0, end - (at == null ? 0 : at.offset()) - 1);
    }
    return lag;
  }
}
