package dev.tandem.localkafka;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes wrong versions of some real events, so that the demo's backfill has something to
 * correct: the true ones come later, as repeats of an id, and the live stream drops them.
 */
final class FaultyEvents {
  private static final int COUNT = 250;

  private final PipelineDefinition pipeline;
  private final String bootstrap;

  FaultyEvents(PipelineDefinition pipeline, String bootstrap) {
    this.pipeline = pipeline;
    this.bootstrap = bootstrap;
  }

  /**
   * Takes the first events of the middle file and gives each the dimension value of the one before
   * it.
   *
   * @return what was done, for people
   */
  String publish(Path history) {
    Optional<Field> dimension = dimension();
    if (dimension.isEmpty()) {
      return "no aggregate has a text dimension to get wrong";
    }
    List<Path> files = InputFiles.expand(pipeline, List.of(history.toString()));
    List<Event> wrong = wrong(files.get(files.size() / 2), dimension.get());
    send(wrong);
    return "%d events with a wrong %s".formatted(wrong.size(), dimension.get().name());
  }

  /** The last one that events hold; those that a rule derives they do not. */
  private Optional<Field> dimension() {
    return pipeline.aggregates().stream()
        .flatMap(a -> a.by().stream())
        .filter(f -> f.type() == FieldType.STRING || f.type() == FieldType.STRINGS)
        .filter(pipeline.eventFields()::contains)
        .reduce((first, last) -> last);
  }

  private List<Event> wrong(Path file, Field dimension) {
    List<Event> wrong = new ArrayList<>();
    Optional<Event> before = Optional.empty();
    try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
      while (decoder.hasNext() && wrong.size() < COUNT) {
        if (decoder.next() instanceof Decoded.Good good) {
          Event right = good.event();
          before.flatMap(b -> altered(right, b, dimension)).ifPresent(wrong::add);
          before = Optional.of(right);
        }
      }
    }
    return wrong;
  }

  /** The event with another's value; empty where that is null or the same. */
  private static Optional<Event> altered(Event right, Event other, Field dimension) {
    Event event = right.copy();
    if (dimension.type() == FieldType.STRINGS) {
      event.setTexts(dimension, other.texts(dimension));
    } else {
      event.setText(dimension, String.valueOf(other.text(dimension)));
    }
    boolean differs = other.has(dimension) && !event.equals(right);
    return differs ? Optional.of(event) : Optional.empty();
  }

  private void send(List<Event> events) {
    String topic = Topics.of(pipeline).events();
    EventJson json = new EventJson(pipeline);
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrap, "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      for (Event event : events) {
        byte[] id = event.id().getBytes(StandardCharsets.UTF_8);
        producer.send(
            new ProducerRecord<>(
                topic, Partitioning.ofEvent(id, partitions), id, json.write(event)));
      }
      producer.flush();
    }
  }
}
