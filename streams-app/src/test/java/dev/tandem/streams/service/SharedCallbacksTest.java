package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SharedCallbacksTest {
  private static final String ROWS = "tandem-rows-changelog";
  private static final String PUBLISHED = "trips.aggregates";

  private final SharedCallbacks callbacks = new SharedCallbacks(PUBLISHED);
  private final List<String> told = new ArrayList<>();

  private Callback callback(String name) {
    return (metadata, failure) ->
        told.add(
            name
                + " "
                + (failure == null ? metadata.toString() : "failed " + failure.getMessage()));
  }

  private Callback send(String name, String topic, Integer partition) {
    return Objects.requireNonNull(
        callbacks.instead(
            new ProducerRecord<>(topic, partition, new byte[0], new byte[0]), callback(name)));
  }

  private static RecordMetadata at(String topic, int partition, long offset) {
    return new RecordMetadata(new TopicPartition(topic, partition), offset, 0, 0, 0, 0);
  }

  @Test
  void shouldTellOfTheNewestOffsetOfAPartitionOnceFlushed() {
    send("a", ROWS, 0).onCompletion(at(ROWS, 0, 7), null);
    Callback b = send("b", ROWS, 0);
    Callback c = send("c", ROWS, 1);
    b.onCompletion(at(ROWS, 0, 8), null);
    c.onCompletion(at(ROWS, 1, 3), null);
    assertThat(told).isEmpty();
    callbacks.flushed();
    assertThat(told).containsExactlyInAnyOrder("b " + ROWS + "-0@8", "c " + ROWS + "-1@3");
    callbacks.flushed();
    assertThat(told).hasSize(2);
  }

  @Test
  void shouldTellOfAFailureAtOnce() {
    Callback a = send("a", ROWS, 0);
    a.onCompletion(at(ROWS, 0, 7), null);
    a.onCompletion(null, new IllegalStateException("gone"));
    assertThat(told).containsExactly("a failed gone");
  }

  @Test
  void shouldShareOneCallbackOfAllPublishedRows() {
    Callback a = send("a", PUBLISHED, null);
    Callback b = send("b", PUBLISHED, null);
    assertThat(b).isSameAs(a);
    a.onCompletion(at(PUBLISHED, 1, 7), null);
    b.onCompletion(at(PUBLISHED, 0, 3), null);
    assertThat(told).isEmpty();
    callbacks.flushed();
    assertThat(told).containsExactly("b " + PUBLISHED + "-0@3");
    b.onCompletion(null, new IllegalStateException("too large"));
    assertThat(told).contains("b failed too large");
  }

  /** Kafka Streams counts what it sends to them. */
  @Test
  void shouldLeaveOtherTopicsAsTheyAre() {
    send("a", "rejected", 0).onCompletion(at("rejected", 0, 7), null);
    send("b", "rejected", null).onCompletion(at("rejected", 1, 8), null);
    assertThat(told).containsExactly("a rejected-0@7", "b rejected-1@8");
    assertThat(callbacks.instead(new ProducerRecord<>(ROWS, new byte[0]), null)).isNull();
  }

  @Test
  void shouldForgetTasksWithTheTransaction() {
    Callback a = send("a", ROWS, 0);
    callbacks.over();
    a.onCompletion(at(ROWS, 0, 7), null);
    callbacks.flushed();
    assertThat(told).isEmpty();
    send("b", ROWS, 0).onCompletion(at(ROWS, 0, 9), null);
    callbacks.flushed();
    assertThat(told).containsExactly("b " + ROWS + "-0@9");
  }
}
