package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Sees whether all topics are still those that the app began with. Clients do not say so in time:
 * they wait a minute for a topic that is gone and read on in one that was made anew. Not
 * thread-safe.
 */
final class TopicWatch {
  /** A broker that has just come back may not know every topic for a moment. */
  private static final int LOOKS = 3;

  private final Admin admin;
  private final Remedy remedy;
  private final Map<String, TopicIds.Topic> expected;
  private final List<String> internal;
  private final Consumer<Map<String, TopicIds.Topic>> internalFound;
  private Optional<String> suspicion = Optional.empty();
  private int looks;
  private boolean complete;

  /**
   * @param expected topics that are there from the start
   * @param internal names of those that Kafka Streams makes
   * @param internalFound is told once when these are all there
   */
  TopicWatch(
      Admin admin,
      Remedy remedy,
      Map<String, TopicIds.Topic> expected,
      List<String> internal,
      Consumer<Map<String, TopicIds.Topic>> internalFound) {
    this.admin = admin;
    this.remedy = remedy;
    this.expected = new HashMap<>(expected);
    this.internal = List.copyOf(internal);
    this.internalFound = internalFound;
  }

  /** What to say when a topic is another one, or none. */
  Optional<TandemException> look()
      throws ExecutionException, InterruptedException, TimeoutException {
    if (!complete) {
      Map<String, TopicIds.Topic> found = TopicIds.find(admin, internal);
      if (found.size() == internal.size()) {
        expected.putAll(found);
        internalFound.accept(found);
        complete = true;
      }
    }
    Map<String, TopicIds.Topic> now = TopicIds.find(admin, expected.keySet());
    Optional<String> wrong =
        expected.entrySet().stream()
            .filter(topic -> !topic.getValue().equals(now.get(topic.getKey())))
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder());
    looks = wrong.isPresent() && wrong.equals(suspicion) ? looks + 1 : 1;
    suspicion = wrong;
    return looks < LOOKS
        ? Optional.empty()
        : wrong.map(name -> describe(name, Optional.ofNullable(now.get(name))));
  }

  private TandemException describe(String name, Optional<TopicIds.Topic> now) {
    TopicIds.Topic before = Objects.requireNonNull(expected.get(name));
    if (now.isPresent() && now.get().id().equals(before.id())) {
      return TandemException.failed(
          "topic %s has %d partitions now and had %d: events go astray until producers use the %d again, and Kafka cannot take partitions away; give the pipeline another name and replay"
              .formatted(name, now.get().partitions(), before.partitions(), before.partitions()));
    }
    return TandemException.failed(
        "topic %s was deleted%s while the app ran: %s"
            .formatted(name, now.isPresent() ? " and made anew" : "", remedy.afterLossOf(name)));
  }
}
