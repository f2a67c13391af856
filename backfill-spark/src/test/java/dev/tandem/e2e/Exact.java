package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** What must hold at rest, whatever happened before. */
final class Exact {
  private static final Duration CATCH_UP = Duration.ofMinutes(4);

  private Exact() {}

  /**
   * {@code verify} finds nothing, and what a plain consumer reads equals what DuckDB computes from
   * the files.
   */
  static void assertRows(Commands commands, String bootstrap, List<Path> files, String... more)
      throws Exception {
    List<String> verify = new ArrayList<>(List.of("--files"));
    files.forEach(file -> verify.add(file.toString()));
    verify.addAll(List.of(more));
    assertThat(commands.run(0, "verify", verify.toArray(String[]::new)))
        .contains(", 0 different, 0 moving");
    assertServed(bootstrap, files);
  }

  /** What a plain consumer reads equals what DuckDB computes from the files. */
  static void assertServed(String bootstrap, List<Path> files) throws Exception {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      BiketownOracle.loadTrips(duckdb, files);
      BiketownOracle.computeRows(duckdb, false);
      ServedRows.load(duckdb, bootstrap);
      assertThat(ServedRows.compare(duckdb, "true"))
          .isEqualTo(
              new ServedRows.Difference(
                  0, 0, 0, ServedRows.count(duckdb, "SELECT count(*) FROM expected")));
    }
  }

  /**
   * The instances together work on every partition, have read every event of the log, and account
   * for each.
   */
  static void assertLedger(String bootstrap, StreamsInstance... instances) {
    long events = events(bootstrap);
    Awaitility.await()
        .atMost(CATCH_UP)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              long partitions = 0;
              long read = 0;
              long accounted = 0;
              for (StreamsInstance instance : instances) {
                JsonNode pipeline = instance.pipeline();
                JsonNode ledger = pipeline.path("ledger");
                assertThat(ledger.path("balances").asBoolean()).as("%s", ledger).isTrue();
                assertThat(ledger.path("parked").asLong()).isZero();
                partitions += pipeline.path("partitions_here").asLong();
                read += ledger.path("read").asLong();
                for (String outcome : List.of("counted", "claimed", "duplicate", "rejected")) {
                  accounted += ledger.path(outcome).asLong();
                }
              }
              assertThat(partitions).isEqualTo(4);
              assertThat(read).isEqualTo(events);
              assertThat(accounted).isEqualTo(events);
            });
  }

  /** Events that are committed in the log, barriers apart. */
  static long events(String bootstrap) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor("biketown.events")
          .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long[] events = {0};
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> events[0] += record.value() == null ? 0 : 1);
      }
      return events[0];
    }
  }
}
