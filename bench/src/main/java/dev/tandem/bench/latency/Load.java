package dev.tandem.bench.latency;

import dev.tandem.bench.latency.LiveTrips.Trip;
import dev.tandem.core.TandemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes trips at a pace, and keeps them as JSON lines for DuckDB. */
final class Load implements AutoCloseable {
  private static final long TICK_NANOS = 1_000_000;

  private final Producer<byte[], byte[]> producer;
  private final OutputStream lines;
  private final LiveTrips trips;
  private final String topic;
  private final Waits waits;

  /**
   * @param lines a new file
   */
  Load(String bootstrap, String topic, LiveTrips trips, Waits waits, Path lines)
      throws IOException {
    this.lines = new BufferedOutputStream(Files.newOutputStream(lines), 1 << 20);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "compression.type", "lz4", "linger.ms", 2),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.trips = trips;
    this.waits = waits;
  }

  /** Publishes one trip, before the pace begins. */
  void first() {
    send(System.nanoTime(), false);
    producer.flush();
  }

  /**
   * Publishes as many as the pace has; a trip that is sent late still counts from when it was due.
   */
  void run(Pace pace) {
    long start = System.nanoTime();
    for (long event = 0; event < pace.events(); event++) {
      long due = start + pace.due(event);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(Math.max(TICK_NANOS, due - now));
      }
      send(due, event >= pace.warmUpEvents());
    }
    producer.flush();
  }

  private void send(long due, boolean counts) {
    Trip trip = trips.next(Instant.now());
    waits.published(trip.departures(), due, counts);
    producer.send(new ProducerRecord<>(topic, trip.id(), trip.json()));
    try {
      lines.write(trip.json());
      lines.write('\n');
    } catch (IOException e) {
      throw TandemException.failed("cannot keep what was published: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    producer.close();
    lines.close();
  }
}
