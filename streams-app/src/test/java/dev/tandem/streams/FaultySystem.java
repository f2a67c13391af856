package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Home;
import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.localkafka.LocalKafka;
import dev.tandem.streams.service.PipelineService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** A broker, the app in this JVM, trips with their right rows, and ways to harm them. */
final class FaultySystem implements AutoCloseable {
  static final Topics TOPICS = Topics.of(Trips.PIPELINE);
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Path dir;
  final LocalKafka kafka;
  final Trips trips;
  final Admin admin;
  private StreamsApp app;

  FaultySystem(Path dir) {
    this.dir = dir;
    kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
    trips = new Trips(kafka.bootstrap());
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
  }

  Path stateDir() {
    return dir.resolve("state");
  }

  Settings settings() {
    return settings(stateDir());
  }

  Settings settings(Path state) {
    Map<String, String> flags = new HashMap<>();
    flags.put("bootstrap", kafka.bootstrap());
    flags.put("http.port", "0");
    flags.put("state.dir", state.toString());
    flags.put("streams.consumer.session.timeout.ms", "6000");
    // Records for a deleted topic, and a commit that meets one, are tried for so long. A process
    // that ends takes its threads along; here they would be members of the group for two minutes.
    flags.put("streams.producer.request.timeout.ms", "9000");
    flags.put("streams.producer.delivery.timeout.ms", "10000");
    flags.put("streams.producer.max.block.ms", "5000");
    Path home = Home.find();
    return Settings.load(home, home.resolve("config"), flags, Map.of());
  }

  void up() throws InterruptedException {
    up(settings());
  }

  void up(Settings settings) throws InterruptedException {
    app = new StreamsApp(settings, List.of(Trips.PIPELINE), text -> {});
    try {
      app.start();
    } catch (RuntimeException e) {
      down();
      throw e;
    }
  }

  void down() {
    try {
      app.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A start that is refused; what it says. */
  String refused() throws InterruptedException {
    return refused(settings());
  }

  String refused(Settings settings) throws InterruptedException {
    try {
      up(settings);
    } catch (TandemException e) {
      return e.getMessage();
    }
    // Tasks are made after the client runs: what they refuse comes a moment later.
    return stopped();
  }

  /** Waits until the app has given up; what it says. */
  String stopped() {
    try {
      return CompletableFuture.supplyAsync(app::awaitFailure)
          .get(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("it goes on", e);
    } finally {
      down();
    }
  }

  void rebuild(boolean everything) throws Exception {
    awaitNobody();
    PipelineService.rebuild(settings(), Trips.PIPELINE, everything, text -> {});
  }

  /** Every row is served as it must be, and every event of the log is accounted for. */
  void awaitExact() {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(trips.published().equals(trips.rows())).isTrue());
    assertThat(ledger().balances()).isTrue();
    assertThat(ledger().counted()).isEqualTo(trips.distinct());
  }

  Ledger ledger() {
    return app.services().get(0).board().ledger();
  }

  /** How many partitions of the rows have said how far they are. */
  long acknowledgements() {
    Set<Integer> partitions = new HashSet<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      reader.readAll(
          TOPICS.acknowledgements(),
          record -> partitions.add(Acknowledgement.fromBytes(record.value()).partition()));
    }
    return partitions.size();
  }

  void delete(String... topics) throws Exception {
    admin.deleteTopics(List.of(topics)).all().get();
    await()
        .atMost(LONG)
        .until(
            () -> admin.listTopics().names().get().stream().noneMatch(List.of(topics)::contains));
  }

  /** Deletes the offsets of the app's group, as Kafka does when nobody used them for a week. */
  void forgetOffsets() throws Exception {
    awaitNobody();
    admin.deleteConsumerGroups(List.of(TOPICS.applicationId())).all().get();
  }

  void moveOffsets(String topic, long by) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    admin
        .listConsumerGroupOffsets(TOPICS.applicationId())
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (p, offset) -> {
              if (p.topic().equals(topic)) {
                moved.put(p, new OffsetAndMetadata(Math.max(0, offset.offset() + by)));
              }
            });
    awaitNobody();
    admin.alterConsumerGroupOffsets(TOPICS.applicationId(), moved).all().get();
  }

  /** Deletes all records of a topic that are there now, as retention does. */
  void deleteRecords(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .forEach(p -> ends.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    admin
        .listOffsets(ends)
        .all()
        .get()
        .forEach((p, end) -> all.put(p, RecordsToDelete.beforeOffset(end.offset())));
    admin.deleteRecords(all).all().get();
  }

  /**
   * A stopped static member is missed after its session only. A process that ends takes its threads
   * along; here those of an app that has given up are members until Kafka has refused what every
   * task of theirs still sends, one after another.
   */
  private void awaitNobody() {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                admin.listGroups().all().get().stream()
                    .filter(group -> group.groupId().equals(TOPICS.applicationId()))
                    .allMatch(group -> group.groupState().equals(Optional.of(GroupState.EMPTY))));
  }

  @Override
  public void close() throws Exception {
    if (app != null) {
      app.close();
    }
    admin.close();
    trips.close();
    kafka.close();
  }
}
