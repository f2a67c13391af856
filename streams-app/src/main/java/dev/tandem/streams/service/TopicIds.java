package dev.tandem.streams.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks which topics there are. Kafka gives a topic that is deleted and made anew another id. */
final class TopicIds {
  private static final long TIMEOUT_SECONDS = 10;

  private TopicIds() {}

  /** A topic as it is now. */
  record Topic(String id, int partitions) {}

  /** As {@link #find}, but looks again for a while when not all exist. */
  static Map<String, Topic> await(Admin admin, Collection<String> names, Duration wait)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      Map<String, Topic> found = find(admin, names);
      if (found.size() == names.size() || System.nanoTime() > deadline) {
        return found;
      }
      Thread.sleep(200);
    }
  }

  /** Those of {@code names} that exist. */
  static Map<String, Topic> find(Admin admin, Collection<String> names)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, Topic> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        TopicDescription topic = answer.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        found.put(
            answer.getKey(), new Topic(topic.topicId().toString(), topic.partitions().size()));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return found;
  }
}
