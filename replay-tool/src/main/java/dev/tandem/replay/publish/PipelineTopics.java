package dev.tandem.replay.publish;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** The topics that a replay publishes to. */
final class PipelineTopics {
  private PipelineTopics() {}

  /**
   * Makes the topics where there are none at all.
   *
   * @return partitions of the events topic
   * @throws TandemException where some are missing, or are not as they must be
   */
  static int ready(Admin admin, Topics topics, Options options, Consumer<String> notice) {
    TopicAdmin topicAdmin = new TopicAdmin(admin, topics, options.replication());
    int partitions = options.partitions();
    if (topicAdmin.describe(partitions).stream().noneMatch(TopicAdmin.State::exists)) {
      int made = topicAdmin.create(partitions).size();
      notice.accept("made the %d topics of %s".formatted(made, topics.pipeline()));
    }
    return topicAdmin.check();
  }
}
