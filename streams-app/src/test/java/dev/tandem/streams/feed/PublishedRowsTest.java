package dev.tandem.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishedRowsTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final String TOPIC = "biketown.aggregates";
  private static final List<TopicPartition> PARTITIONS =
      IntStream.range(0, 2).mapToObj(p -> new TopicPartition(TOPIC, p)).toList();

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private PublishedRows rows;
  private long next = 5;

  @BeforeEach
  void begin() {
    Node[] none = new Node[0];
    consumer.updatePartitions(
        TOPIC,
        PARTITIONS.stream()
            .map(p -> new PartitionInfo(TOPIC, p.partition(), Node.noNode(), none, none))
            .toList());
    consumer.updateEndOffsets(Map.of(PARTITIONS.get(0), 5L, PARTITIONS.get(1), 5L));
    rows = new PublishedRows(consumer, PIPELINE, TOPIC);
  }

  private void published(int partition, String aggregate) {
    String key = "{\"aggregate\":\"" + aggregate + "\",\"window\":\"\",\"key\":{}}";
    consumer.addRecord(
        new ConsumerRecord<>(
            TOPIC, partition, next++, key.getBytes(StandardCharsets.UTF_8), new byte[0]));
  }

  private List<String> changes() {
    rows.read(Duration.ofMillis(1));
    return rows.take().rows().stream().map(c -> c.aggregate().name() + " " + c.count()).toList();
  }

  @Test
  void shouldBeginAtTheEnd() {
    assertThat(PARTITIONS).allSatisfy(p -> assertThat(consumer.position(p)).isEqualTo(5));
    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldTellOfEachChangeOnce() {
    published(0, "trips_hourly");
    published(1, "departures_hourly");
    published(1, "trips_hourly");
    assertThat(changes()).containsExactlyInAnyOrder("trips_hourly 2", "departures_hourly 1");
    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldKnowNothingOfAggregatesThatAreGone() {
    published(0, "none_hourly");
    assertThat(changes()).isEmpty();
  }

  /** A replay or a backfill: it is enough to know that something changed. */
  @Test
  void shouldSkipWhatIsTooMuchAndSaySo() {
    for (int i = 0; i <= PublishedRows.MOST; i++) {
      published(0, "trips_hourly");
    }
    consumer.updateEndOffsets(Map.of(PARTITIONS.get(0), 90_000L, PARTITIONS.get(1), 5L));
    rows.read(Duration.ofMillis(1));
    assertThat(rows.take().skipped()).isTrue();
    assertThat(consumer.position(PARTITIONS.get(0))).isEqualTo(90_000);
    assertThat(rows.take().skipped()).isFalse();
  }
}
