package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.TopicSpec;
import dev.tandem.core.kafka.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Which cluster and topics a start finds, and whether the state folder is of these. */
final class Origin {
  private final LocalState local;
  private final String cluster;
  private final Map<String, TopicIds.Topic> changelogs;
  private final boolean fits;
  private final TopicWatch watch;

  private Origin(
      LocalState local,
      String cluster,
      Map<String, TopicIds.Topic> changelogs,
      boolean fits,
      TopicWatch watch) {
    this.local = local;
    this.cluster = cluster;
    this.changelogs = changelogs;
    this.fits = fits;
    this.watch = watch;
  }

  /**
   * @param stateDir of Kafka Streams
   * @throws TandemException when the folder is of another cluster, or cannot be read
   */
  static Origin find(Admin admin, PipelineDefinition pipeline, int partitions, Path stateDir)
      throws InterruptedException {
    Topics topics = Topics.of(pipeline);
    try {
      String cluster = admin.describeCluster().clusterId().get();
      List<String> internal = PipelineTopics.internal(pipeline);
      Map<String, TopicIds.Topic> changelogs = TopicIds.find(admin, internal);
      Map<String, TopicIds.Topic> all =
          TopicIds.find(
              admin, TopicSpec.all(topics, partitions).stream().map(TopicSpec::name).toList());
      LocalState local = new LocalState(stateDir, topics.applicationId());
      boolean fits = local.fits(cluster, changelogs);
      TopicWatch watch =
          new TopicWatch(
              admin, new Remedy(topics), all, internal, found -> local.belongsTo(cluster, found));
      return new Origin(local, cluster, changelogs, fits, watch);
    } catch (ExecutionException | TimeoutException e) {
      throw TandemException.failed(
          "Kafka does not say which topics of " + topics.pipeline() + " there are: " + e, e);
    }
  }

  /** Whether the state folder's contents are of these changelogs. */
  boolean fits() {
    return fits;
  }

  /** The state folder. */
  Path folder() {
    return local.folder();
  }

  /** Notes in the state folder where it comes from. */
  void note() {
    local.belongsTo(cluster, changelogs);
  }

  /** Sees that the topics stay as they are now. */
  TopicWatch watch() {
    return watch;
  }
}
