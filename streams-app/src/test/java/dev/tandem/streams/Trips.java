package dev.tandem.streams;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes random trips, some more than once, and knows what their rows must be in the end. */
final class Trips implements AutoCloseable {
  static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");

  private static final long START = 1_498_892_400_000L;
  private static final long HOUR = 3_600_000L;

  private final Map<String, String> kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random = new Random(7);
  private final EventJson json = new EventJson(PIPELINE);
  private final EventRows eventRows = new EventRows(PIPELINE);
  private final Rules rules = new Rules(PIPELINE);
  private final Set<String> ids = new HashSet<>();
  private final Map<RowKey, RowState> rows = new HashMap<>();
  private long sent;

  Trips(String bootstrap) {
    kafka = Map.of("bootstrap.servers", bootstrap);
    producer =
        new KafkaProducer<>(
            new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends so many; about one in ten repeats an earlier one. */
  void send(int count) {
    for (int i = 0; i < count; i++) {
      int n = random.nextInt(10) == 0 && sent > 0 ? random.nextInt((int) sent) : (int) sent;
      Event trip = trip(n);
      byte[] id = trip.id().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(PIPELINE.name() + ".events", id, json.write(trip)));
      sent++;
      if (ids.add(trip.id())) {
        rules.apply(trip);
        long hash = Hashes.of(id);
        eventRows.forEach(
            trip,
            (layout, key, window) ->
                rows.computeIfAbsent(key, k -> new RowState(layout)).add(trip, hash));
      }
    }
    producer.flush();
  }

  /** Sends every trip once more, as a replay does. */
  void sendAllAgain() {
    for (int n = 0; n < sent; n++) {
      Event trip = trip(n);
      byte[] id = trip.id().getBytes(StandardCharsets.UTF_8);
      if (ids.contains(trip.id())) {
        producer.send(new ProducerRecord<>(PIPELINE.name() + ".events", id, json.write(trip)));
      }
    }
    producer.flush();
  }

  private static Event trip(int n) {
    Schema schema = PIPELINE.schema();
    Random random = new Random(n);
    Event event = new Event(schema);
    event.setText(schema.id(), "trip-" + n);
    long start = START + random.nextInt(100) * HOUR + random.nextInt(60) * 60_000L;
    event.setNumber(schema.time(), start);
    long seconds = random.nextInt(4_000);
    event.setNumber(schema.find("ended_at").orElseThrow(), start + seconds * 1_000);
    event.setNumber(schema.find("duration_s").orElseThrow(), seconds);
    event.setNumber(schema.find("distance_mi").orElseThrow(), random.nextInt(1_500));
    event.setText(schema.find("start_station").orElseThrow(), "station " + random.nextInt(30));
    event.setText(schema.find("end_station").orElseThrow(), "station " + random.nextInt(30));
    return event;
  }

  long sent() {
    return sent;
  }

  int distinct() {
    return ids.size();
  }

  /** Every row as it must be served. */
  Map<RowKey, RowState> rows() {
    return rows;
  }

  /** The rows as {@code P.aggregates} has them, read with an ordinary consumer. */
  Map<RowKey, RowState> published() {
    Map<RowKey, RowState> found = new HashMap<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          Topics.of(PIPELINE).aggregates(),
          record -> {
            var aggregate = PIPELINE.aggregate(RowJson.aggregateOf(record.key())).orElseThrow();
            RowKey key = RowJson.parseKey(aggregate, record.key());
            if (record.value() == null) {
              found.remove(key);
            } else {
              Bytes state =
                  Bytes.reader(record.headers().lastHeader(Topics.STATE_HEADER).value(), 8);
              found.put(key, RowState.read(eventRows.layout(aggregate.id()).orElseThrow(), state));
            }
          });
    }
    return found;
  }

  @Override
  public void close() {
    producer.close();
  }
}
