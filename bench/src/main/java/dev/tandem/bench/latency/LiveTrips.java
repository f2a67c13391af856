package dev.tandem.bench.latency;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.Partitioning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Trips that have just ended, between 148 stations of which some are busier than others. All trips
 * that depart from a station are in one partition (their ids are chosen so), so that a departures
 * row that counts n trips counts the first n that were published to it.
 */
final class LiveTrips {
  private static final int STATIONS = 148;
  private static final int LONGEST_S = 3_600;
  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private final Schema schema;
  private final ZoneId zone;
  private final EventJson json;
  private final Event event;
  private final int partitions;
  private final Random random = new Random(6);
  private long tried;

  LiveTrips(PipelineDefinition pipeline, int partitions) {
    this.schema = pipeline.schema();
    this.zone = pipeline.zone();
    this.json = new EventJson(pipeline);
    this.event = new Event(schema);
    this.partitions = partitions;
  }

  /**
   * An event to publish.
   *
   * @param departures the key of its departures row, as it is published
   */
  record Trip(byte[] id, byte[] json, String departures) {}

  /** The next trip, which ends now. */
  Trip next(Instant now) {
    double busy = random.nextDouble();
    int from = (int) (STATIONS * busy * busy);
    Instant end = now.truncatedTo(ChronoUnit.SECONDS);
    long seconds = 60 + random.nextInt(LONGEST_S - 60);
    Instant start = end.minusSeconds(seconds);
    String id = id(from % partitions);
    text("trip_id", id);
    number("started_at", start.toEpochMilli());
    number("ended_at", end.toEpochMilli());
    text("plan", random.nextBoolean() ? "Subscriber" : "Casual");
    text("start_station", station(from));
    text("end_station", station(random.nextInt(STATIONS)));
    text("bike", "bike " + random.nextInt(1_000));
    number("duration_s", seconds);
    number("distance_mi", random.nextInt(1_000));
    return new Trip(
        id.getBytes(StandardCharsets.UTF_8),
        json.write(event),
        "{\"aggregate\":\"departures_hourly\",\"window\":\"%s\",\"key\":{\"start_station\":\"%s\"}}"
            .formatted(
                WINDOW.format(start.atZone(zone).truncatedTo(ChronoUnit.HOURS)), station(from)));
  }

  private String id(int partition) {
    while (true) {
      String id = Long.toString(1_000_000_000L + tried++);
      if (Partitioning.ofEvent(id.getBytes(StandardCharsets.UTF_8), partitions) == partition) {
        return id;
      }
    }
  }

  private static String station(int number) {
    return "Station " + number;
  }

  private void text(String field, String value) {
    event.setText(field(field), value);
  }

  private void number(String field, long value) {
    event.setNumber(field(field), value);
  }

  private Field field(String name) {
    return schema.find(name).orElseThrow();
  }
}
