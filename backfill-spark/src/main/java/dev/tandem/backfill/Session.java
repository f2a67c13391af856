package dev.tandem.backfill;

import dev.tandem.backfill.archive.ArchiveFolder;
import dev.tandem.backfill.engine.ArchivedLog;
import dev.tandem.backfill.engine.Engine;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** What a command works with: Kafka, the pipeline's topics, Spark. */
final class Session implements AutoCloseable {
  private final Cluster cluster;
  private final PipelineText pipeline;
  private final Topics topics;
  private final Phases phases;
  private final Admin admin;
  private final int partitions;
  private final RunLog runs;
  private final Engine engine;
  private final ArchivedLog archive;

  private Session(
      Cluster cluster,
      PipelineText pipeline,
      Topics topics,
      Phases phases,
      Admin admin,
      int partitions,
      RunLog runs,
      Engine engine,
      ArchivedLog archive) {
    this.cluster = cluster;
    this.pipeline = pipeline;
    this.topics = topics;
    this.phases = phases;
    this.admin = admin;
    this.partitions = partitions;
    this.runs = runs;
    this.engine = engine;
    this.archive = archive;
  }

  /**
   * Reaches Kafka, checks the topics, starts Spark.
   *
   * @param command how Spark calls the work
   */
  static Session open(String command, Cluster cluster, PipelineText pipeline, Phases phases) {
    Topics topics = Topics.of(pipeline.definition());
    Admin admin = KafkaConnection.connect(cluster.kafka(), cluster.connectTimeout(), phases::line);
    RunLog runs = new RunLog(cluster.kafka(), topics);
    try {
      int partitions = new TopicAdmin(admin, topics).check();
      ArchivedLog archive = archive(cluster, topics, new Offsets(admin));
      Engine engine =
          phases.run(
              "start",
              "Starting Spark",
              Optional::empty,
              () ->
                  Engine.start(
                      command, pipeline, cluster.kafka(), cluster.spark(), cluster.master()),
              started -> "ready");
      return new Session(
          cluster, pipeline, topics, phases, admin, partitions, runs, engine, archive);
    } catch (RuntimeException e) {
      runs.close();
      admin.close();
      throw e;
    }
  }

  private static ArchivedLog archive(Cluster cluster, Topics topics, Offsets offsets) {
    if (cluster.archive().isEmpty()) {
      return ArchivedLog.NONE;
    }
    ArchiveFolder archive = ArchiveFolder.open(cluster.archive().get(), topics.pipeline());
    archive.requireWhole();
    archive.refuseOtherLog(topics.events(), offsets.topicId(topics.events()));
    return new ArchivedLog(archive.files(), archive.to(), archive.records());
  }

  Cluster cluster() {
    return cluster;
  }

  Map<String, String> kafka() {
    return cluster.kafka();
  }

  PipelineText pipeline() {
    return pipeline;
  }

  Topics topics() {
    return topics;
  }

  Phases phases() {
    return phases;
  }

  Offsets offsets() {
    return new Offsets(admin);
  }

  AppProgress appProgress() {
    return new AppProgress(cluster.kafka(), topics, offsets(), phases::line);
  }

  /** Partitions of the log, and of every topic keyed by event or row. */
  int partitions() {
    return partitions;
  }

  RunLog runs() {
    return runs;
  }

  Engine engine() {
    return engine;
  }

  /** The part of the log that an archive has; {@link ArchivedLog#NONE} when none was named. */
  ArchivedLog archive() {
    return archive;
  }

  @Override
  public void close() {
    engine.close();
    runs.close();
    admin.close();
  }
}
