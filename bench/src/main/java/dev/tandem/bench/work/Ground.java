package dev.tandem.bench.work;

import dev.tandem.bench.Bench;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import dev.tandem.localkafka.LocalKafka;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.GroupState;

/**
 * The ground that engines run on: a broker in this process with a topic of the work's events, and
 * the rows that must come out. Both are kept; what an engine left is removed before the next one.
 */
public final class Ground implements AutoCloseable {
  /** Partitions of every topic. */
  public static final int PARTITIONS = 4;

  private final Work work;
  private final LocalKafka kafka;
  private final Admin admin;
  private final Rows rows;
  private final long events;
  private final Set<String> kept;

  private Ground(
      Work work, LocalKafka kafka, Admin admin, Rows rows, long events, Set<String> kept) {
    this.work = work;
    this.kafka = kafka;
    this.admin = admin;
    this.rows = rows;
    this.events = events;
    this.kept = kept;
  }

  /** Starts the broker, with the work's events in it. */
  public static Ground prepare(Bench bench, Work work) throws InterruptedException {
    Path done = work.folder().resolve("prepared");
    Path broker = work.folder().resolve("kafka");
    if (!Files.exists(done) && Files.exists(broker)) {
      Folders.delete(broker);
    }
    LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(broker));
    Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()));
    Rows rows = Rows.open(work.folder().resolve("expected.duckdb"));
    try {
      if (!Files.exists(done)) {
        bench.say("preparing " + work.name());
        Topics topics = Topics.of(work.pipeline());
        new TopicAdmin(admin, topics).create(PARTITIONS);
        Path lines = work.folder().resolve("events.jsonl");
        long events;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines), 1 << 20)) {
          events = Events.write(work, kafka.bootstrap(), topics.events(), out);
        }
        rows.expect(lines);
        Files.delete(lines);
        Files.writeString(done, Long.toString(events));
      }
      long events = Long.parseLong(Files.readString(done));
      bench.say(
          String.format(
              Locale.ROOT, "%s: %,d events, %,d rows", work.name(), events, rows.expected()));
      Set<String> kept = Set.of(Topics.of(work.pipeline()).events());
      return new Ground(work, kafka, admin, rows, events, kept);
    } catch (IOException e) {
      throw TandemException.failed("cannot prepare in " + work.folder() + ": " + e, e);
    }
  }

  /** Starts a broker with nothing in it, beside the rows that must come out. */
  public static Ground empty(Bench bench, Work work) throws InterruptedException {
    long events;
    try (Ground prepared = prepare(bench, work)) {
      events = prepared.events();
    }
    Path broker = work.folder().resolve("kafka-empty");
    if (Files.exists(broker)) {
      Folders.delete(broker);
    }
    LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(broker));
    Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()));
    Rows rows = Rows.open(work.folder().resolve("expected.duckdb"));
    return new Ground(work, kafka, admin, rows, events, Set.of());
  }

  /**
   * Removes every topic and group but the events that were prepared, and gives an engine a topic
   * for its rows.
   */
  public void clear(Optional<String> output) throws InterruptedException {
    try {
      awaitCoordinators();
      for (GroupListing group : admin.listGroups().all().get()) {
        delete(group);
      }
      List<String> left =
          admin.listTopics().names().get().stream().filter(name -> !kept.contains(name)).toList();
      admin.deleteTopics(left).all().get();
      while (admin.listTopics().names().get().size() > kept.size()) {
        Thread.sleep(50);
      }
      if (output.isPresent()) {
        NewTopic topic =
            new NewTopic(output.get(), PARTITIONS, (short) 1)
                .configs(Map.of("cleanup.policy", "compact"));
        admin.createTopics(List.of(topic)).all().get();
      }
    } catch (ExecutionException e) {
      throw TandemException.failed("Kafka refused: " + e.getCause(), e);
    }
  }

  /** Clears, and makes the topics of the pipeline. */
  public void clearForTandem() throws InterruptedException {
    clear(Optional.empty());
    new TopicAdmin(admin, Topics.of(work.pipeline())).create(PARTITIONS);
  }

  /**
   * A broker that has just started lists no group whose partition of offsets it has not read yet,
   * but answers for a group by name when it has. Names of one digit hash to all partitions.
   */
  private void awaitCoordinators() throws ExecutionException, InterruptedException {
    for (int digit = 0; digit < 10; digit++) {
      admin.listConsumerGroupOffsets(Integer.toString(digit)).partitionsToOffsetAndMetadata().get();
    }
  }

  /** Writes the work's events into their topic, which is there and empty. */
  public void publishEvents() {
    try {
      String topic = Topics.of(work.pipeline()).events();
      Events.write(work, kafka.bootstrap(), topic, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Members that keep their place over a restart have to be sent away first. */
  private void delete(GroupListing group) throws ExecutionException, InterruptedException {
    if (group.groupState().filter(state -> state != GroupState.EMPTY).isPresent()) {
      admin
          .removeMembersFromConsumerGroup(
              group.groupId(), new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    }
    admin.deleteConsumerGroups(List.of(group.groupId())).all().get();
  }

  public Work work() {
    return work;
  }

  public String bootstrap() {
    return kafka.bootstrap();
  }

  public Admin admin() {
    return admin;
  }

  public Rows rows() {
    return rows;
  }

  /** How many events the files have. */
  public long events() {
    return events;
  }

  @Override
  public void close() {
    admin.close();
    rows.close();
    kafka.close();
  }
}
