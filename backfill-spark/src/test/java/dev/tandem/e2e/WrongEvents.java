package dev.tandem.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events as another producer would write them: with a plain Kafka producer and JSON of its own. */
final class WrongEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WrongEvents() {}

  /**
   * Real trips of a range, altered: every second one at another station and three hours later, the
   * others with another duration.
   *
   * @param range a condition on table {@code trips}
   */
  static void sendAltered(Connection duckdb, String bootstrap, String range, int count)
      throws SQLException, IOException {
    try (Statement sql = duckdb.createStatement();
        ResultSet trips =
            sql.executeQuery(
                """
                SELECT trip_id, strftime(started, '%%Y-%%m-%%dT%%H:%%M:%%SZ'),
                  strftime(started + INTERVAL 3 HOUR, '%%Y-%%m-%%dT%%H:%%M:%%SZ'), start_station, seconds
                FROM trips WHERE %s ORDER BY hash(trip_id) LIMIT %d
                """
                    .formatted(range, count));
        KafkaProducer<String, String> producer = producer(bootstrap)) {
      for (int i = 0; trips.next(); i++) {
        boolean moved = i % 2 == 0;
        ObjectNode event = JSON.createObjectNode();
        event.put("trip_id", trips.getString(1));
        event.put("started_at", moved ? trips.getString(3) : trips.getString(2));
        event.put("start_station", moved ? "Nowhere at All" : trips.getString(4));
        event.put("duration_s", moved ? trips.getLong(5) : trips.getLong(5) % 86_000 + 77);
        send(producer, trips.getString(1), event);
      }
    }
  }

  /** Trips that never were. */
  static void sendInvented(String bootstrap, String day, int count) throws IOException {
    try (KafkaProducer<String, String> producer = producer(bootstrap)) {
      for (int i = 0; i < count; i++) {
        ObjectNode event = JSON.createObjectNode();
        event.put("trip_id", "invented-" + day + "-" + i);
        event.put("started_at", day + "T%02d:%02d:00-07:00".formatted(8 + i % 12, i % 60));
        event.put("ended_at", day + "T%02d:%02d:30-07:00".formatted(9 + i % 12, i % 60));
        event.put("start_station", i % 3 == 0 ? "Ghost Station" : null);
        event.put("end_station", "Ghost Station");
        event.put("plan", "Casual");
        event.put("duration_s", 3630);
        send(producer, "invented-" + day + "-" + i, event);
      }
    }
  }

  static void send(KafkaProducer<String, String> producer, String key, ObjectNode event)
      throws IOException {
    producer.send(
        new ProducerRecord<>(
            "biketown.events",
            key,
            new String(JSON.writeValueAsBytes(event), StandardCharsets.UTF_8)));
  }

  static KafkaProducer<String, String> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
        new StringSerializer(),
        new StringSerializer());
  }
}
