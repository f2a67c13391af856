package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.Refusals;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Has an app that is stopped begin again, while nobody else runs it.
 *
 * <p>State: offsets, changelogs and the state folder go; what is served is made anew of the events,
 * claims and corrections, which say all that there is to say, and so are the alerts. Everything:
 * what backfills have said goes as well, and the pipeline is as new, but for its events. Epochs are
 * never used twice even so: barriers of the old ones may still lie in the log, and they are
 * refused.
 *
 * <p>Broken off in between, it can be repeated: offsets go last.
 */
final class Rebuild {
  /** A barrier beyond is nobody's. */
  private static final long MOST_EPOCHS = 1_000_000_000;

  private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

  private final Settings settings;
  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final Admin admin;
  private final Consumer<String> notice;

  private Rebuild(
      Settings settings, PipelineDefinition pipeline, Admin admin, Consumer<String> notice) {
    this.settings = settings;
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.admin = admin;
    this.notice = notice;
  }

  /**
   * @param everything also forgets what backfills have said
   * @throws TandemException when the app runs somewhere, or Kafka refuses
   */
  static void run(
      Settings settings, PipelineDefinition pipeline, boolean everything, Consumer<String> notice)
      throws InterruptedException {
    try (Admin admin =
        KafkaConnection.connect(settings.kafka(), settings.get(Keys.CONNECT_TIMEOUT), notice)) {
      new Rebuild(settings, pipeline, admin, notice).run(everything);
    } catch (ExecutionException e) {
      throw TandemException.failed(
          "cannot rebuild %s: %s"
              .formatted(
                  pipeline.name(),
                  Refusals.of(Objects.requireNonNullElse(e.getCause(), e)).getMessage()),
          e);
    }
  }

  private void run(boolean everything) throws ExecutionException, InterruptedException {
    awaitNobody();
    List<String> names = new ArrayList<>(PipelineTopics.internal(pipeline));
    names.addAll(PipelineTopics.ofDecisions(topics));
    if (!pipeline.decisions().isEmpty()) {
      forgetAlerts();
    }
    if (everything) {
      long epoch = newestEpoch();
      names.addAll(
          List.of(
              topics.claims(),
              topics.corrections(),
              topics.runs(),
              topics.aggregates(),
              topics.acknowledgements()));
      int partitions = partitions();
      delete(names);
      new TopicAdmin(admin, topics, settings.get(Keys.TOPICS_REPLICATION)).create(partitions);
      if (epoch > 0) {
        save(Run.forgotten(epoch, partitions));
      }
    } else {
      delete(names);
    }
    deleteFolder(
        new LocalState(settings.get(Keys.STATE_DIR).resolve("streams"), topics.applicationId())
            .folder());
    try {
      admin.deleteConsumerGroups(List.of(topics.applicationId())).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    notice.accept(
        "%s begins again: %s is counted from its beginning"
            .formatted(topics.pipeline(), topics.events()));
  }

  /** They are decided anew; whoever reads them goes on at the offset where they begin then. */
  private void forgetAlerts() throws ExecutionException, InterruptedException {
    TopicPartition alerts = new TopicPartition(topics.alerts(), 0);
    if (admin.listTopics().names().get().contains(topics.alerts())) {
      long end =
          admin
              .listOffsets(Map.of(alerts, OffsetSpec.latest()))
              .partitionResult(alerts)
              .get()
              .offset();
      admin.deleteRecords(Map.of(alerts, RecordsToDelete.beforeOffset(end))).all().get();
    }
  }

  /** A member that was killed is missed after its session; one that lives never goes. */
  private void awaitNobody() throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
    boolean said = false;
    while (true) {
      int members = members();
      if (members == 0) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw TandemException.failed(
            "the app of %s runs (%d members of group %s): stop every instance, then rebuild"
                .formatted(topics.pipeline(), members, topics.applicationId()));
      }
      if (!said) {
        notice.accept(
            "waiting until nobody runs the app of %s (%d members left, %d s at most)"
                .formatted(topics.pipeline(), members, GONE_WITHIN.toSeconds()));
        said = true;
      }
      Thread.sleep(500);
    }
  }

  private int members() throws ExecutionException, InterruptedException {
    try {
      ConsumerGroupDescription group =
          Objects.requireNonNull(
                  admin
                      .describeConsumerGroups(List.of(topics.applicationId()))
                      .describedGroups()
                      .get(topics.applicationId()))
              .get();
      return group.members().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw e;
    }
  }

  private int partitions() throws ExecutionException, InterruptedException {
    if (!admin.listTopics().names().get().contains(topics.events())) {
      return settings.get(Keys.PARTITIONS);
    }
    return Objects.requireNonNull(
            admin
                .describeTopics(List.of(topics.events()))
                .allTopicNames()
                .get()
                .get(topics.events()))
        .partitions()
        .size();
  }

  private void delete(List<String> names) throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
    while (true) {
      List<String> left =
          admin.listTopics().names().get().stream().filter(names::contains).sorted().toList();
      if (left.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw TandemException.failed(
            "Kafka does not delete "
                + left
                + ": see that it may (delete.topic.enable), then rerun");
      }
      for (var deletion : admin.deleteTopics(left).topicNameValues().values()) {
        try {
          deletion.get();
        } catch (ExecutionException e) {
          if (!(e.getCause()
              instanceof org.apache.kafka.common.errors.UnknownTopicOrPartitionException)) {
            throw e;
          }
        }
      }
      Thread.sleep(200);
    }
  }

  /** The newest epoch that anything in Kafka speaks of, barriers in the log included. */
  private long newestEpoch() throws ExecutionException, InterruptedException {
    long[] newest = {0};
    var existing = admin.listTopics().names().get();
    if (existing.contains(topics.runs())) {
      try (RunLog runs = new RunLog(settings.kafka(), topics)) {
        runs.refresh();
        runs.runs().keySet().forEach(epoch -> newest[0] = Math.max(newest[0], epoch));
      }
    }
    if (existing.contains(topics.events())) {
      notice.accept("looking for barriers in " + topics.events());
      try (TopicReader reader = new TopicReader(settings.kafka())) {
        reader.readAll(topics.events(), record -> newest[0] = Math.max(newest[0], barrier(record)));
      }
    }
    return newest[0];
  }

  private static long barrier(ConsumerRecord<byte[], byte[]> record) {
    Header header =
        record.value() == null ? record.headers().lastHeader(Topics.BARRIER_HEADER) : null;
    if (header == null || header.value() == null) {
      return 0;
    }
    try {
      long epoch = Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
      return epoch <= MOST_EPOCHS ? epoch : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void save(Run run) throws ExecutionException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topics.runs(), 0, run.id().getBytes(StandardCharsets.UTF_8), run.toBytes()))
          .get();
    }
  }

  private static void deleteFolder(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw TandemException.failed(
          "cannot delete the state folder %s (%s): delete it by hand, then rerun"
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
