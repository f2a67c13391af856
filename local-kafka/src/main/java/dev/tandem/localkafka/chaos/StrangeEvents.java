package dev.tandem.localkafka.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What other producers may send: events that the files do not have, events that differ from the
 * files' version of them, and what is no event at all.
 */
final class StrangeEvents {
  private final PipelineDefinition pipeline;
  private final String topic;
  private final EventJson json;
  private final Optional<Field> dimension;
  private final History history;
  private final Dice dice;
  private final String prefix;
  private long invented;

  /**
   * @param prefix of the ids of invented events
   */
  StrangeEvents(PipelineDefinition pipeline, History history, Dice dice, String prefix) {
    this.pipeline = pipeline;
    this.topic = Topics.of(pipeline).events();
    this.json = new EventJson(pipeline);
    this.dimension =
        pipeline.aggregates().stream()
            .flatMap(a -> a.by().stream())
            .filter(f -> f.type() == FieldType.STRING)
            .reduce((first, last) -> last);
    this.history = history;
    this.dice = dice;
    this.prefix = prefix;
  }

  /** Sends {@code count} of them and waits until they are there. */
  void send(String bootstrap, int count) {
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrap, "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      for (int i = 0; i < count; i++) {
        producer.send(any(partitions));
      }
      producer.flush();
    }
  }

  private ProducerRecord<byte[], byte[]> any(int partitions) {
    Event event = dice.of(history.samples()).copy();
    switch (dice.between(0, 9)) {
      case 0:
        byte[] noise = ("no event " + dice.between(0, 999)).getBytes(UTF_8);
        return new ProducerRecord<>(topic, dice.between(0, partitions - 1), noise, noise);
      case 1:
        byte[] id = event.id().getBytes(UTF_8);
        int wrong = (Partitioning.ofEvent(id, partitions) + 1) % partitions;
        return new ProducerRecord<>(topic, wrong, id, json.write(event));
      case 2, 3, 4, 5:
        event.setText(pipeline.schema().id(), prefix + ++invented);
        return valid(event, partitions);
      default:
        dimension.ifPresent(d -> event.setText(d, "nowhere " + dice.between(0, 9)));
        return valid(event, partitions);
    }
  }

  private ProducerRecord<byte[], byte[]> valid(Event event, int partitions) {
    byte[] id = event.id().getBytes(UTF_8);
    return new ProducerRecord<>(topic, Partitioning.ofEvent(id, partitions), id, json.write(event));
  }
}
