package dev.tandem.core.kafka;

import dev.tandem.core.TandemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Makes the topics of a pipeline and checks that they are as they must be. */
public final class TopicAdmin {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);

  private final Admin admin;
  private final Topics topics;
  private final Optional<Integer> replication;

  /** Topics that it makes are replicated as the brokers are configured. */
  public TopicAdmin(Admin admin, Topics topics) {
    this(admin, topics, Optional.empty());
  }

  /**
   * @param replication copies of the topics that it makes; empty: as the brokers are configured
   */
  public TopicAdmin(Admin admin, Topics topics, Optional<Integer> replication) {
    this.admin = admin;
    this.topics = topics;
    this.replication = replication;
  }

  /**
   * A topic as it must be and as it is.
   *
   * @param partitions empty when there is no such topic, and so {@code replicas}, the least that a
   *     partition has
   */
  public record State(
      TopicSpec spec,
      Optional<Integer> partitions,
      Optional<Integer> replicas,
      Map<String, String> configs,
      List<String> differences) {
    public State {
      configs = Map.copyOf(configs);
      differences = List.copyOf(differences);
    }

    public boolean exists() {
      return partitions.isPresent();
    }
  }

  /**
   * All topics, in the order of {@link TopicSpec#all}.
   *
   * @param partitions for topics keyed by event or row when the pipeline's topics are made;
   *     afterwards the count of the claims topic, which nobody else has a reason to touch, is the
   *     record of what it was
   */
  public List<State> describe(int partitions) {
    Map<String, TopicDescription> descriptions = existing();
    TopicDescription claims = descriptions.get(topics.claims());
    List<TopicSpec> specs =
        TopicSpec.all(topics, claims == null ? partitions : claims.partitions().size());
    Map<ConfigResource, Config> configs =
        await(
            admin
                .describeConfigs(
                    descriptions.keySet().stream()
                        .map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n))
                        .toList())
                .all());
    Map<String, Config> byName = new HashMap<>();
    configs.forEach((resource, config) -> byName.put(resource.name(), config));
    return specs.stream()
        .map(s -> state(s, descriptions.get(s.name()), byName.get(s.name())))
        .toList();
  }

  /**
   * Those of the pipeline's topics that are there. Each is asked for by name: a list of topics
   * leaves out those that this user may not see, as if they were not there.
   */
  private Map<String, TopicDescription> existing() {
    List<String> names = TopicSpec.all(topics, 1).stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> found = new TreeMap<>();
    Set<String> forbidden = new TreeSet<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, answer) -> {
              try {
                found.put(name, await(answer));
              } catch (TandemException e) {
                if (e.getCause() instanceof TopicAuthorizationException) {
                  forbidden.add(name);
                } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw e;
                }
              }
            });
    if (!forbidden.isEmpty()) {
      throw Refusals.of(new TopicAuthorizationException(forbidden));
    }
    return found;
  }

  private static State state(
      TopicSpec spec, @Nullable TopicDescription description, @Nullable Config config) {
    if (description == null || config == null) {
      return new State(spec, Optional.empty(), Optional.empty(), Map.of(), List.of());
    }
    List<String> differences = new ArrayList<>();
    int partitions = description.partitions().size();
    if (partitions != spec.partitions()) {
      differences.add("has " + partitions + " partitions, must have " + spec.partitions());
    }
    Map<String, String> actual = new TreeMap<>();
    spec.configs().keySet().forEach(key -> actual.put(key, config.get(key).value()));
    for (String key : TopicSpec.CHECKED) {
      String wanted = spec.configs().get(key);
      if (wanted != null && !wanted.equals(actual.get(key))) {
        differences.add("has " + key + "=" + actual.get(key) + ", must have " + key + "=" + wanted);
      }
    }
    return new State(spec, Optional.of(partitions), replicas(description), actual, differences);
  }

  private static Optional<Integer> replicas(TopicDescription description) {
    return description.partitions().stream().map(p -> p.replicas().size()).min(Integer::compare);
  }

  /**
   * Makes the topics that are missing; safe to repeat.
   *
   * @param partitions as in {@link #describe}
   * @return the names of those that were made
   * @throws TandemException when one exists with other settings; nothing is made then
   */
  public List<String> create(int partitions) {
    List<State> states = describe(partitions);
    refuseDifferences(states);
    List<NewTopic> missing =
        states.stream().filter(s -> !s.exists()).map(s -> newTopic(s.spec())).toList();
    if (!missing.isEmpty()) {
      try {
        await(admin.createTopics(missing).all());
      } catch (TandemException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
      refuseDifferences(awaitAll(partitions));
      awaitLeaders(missing);
    }
    return missing.stream().map(NewTopic::name).toList();
  }

  private NewTopic newTopic(TopicSpec spec) {
    Map<String, String> configs = new TreeMap<>(spec.configs());
    replication.ifPresent(n -> configs.putAll(TopicSpec.inSync(n)));
    return new NewTopic(
            spec.name(), Optional.of(spec.partitions()), replication.map(Integer::shortValue))
        .configs(configs);
  }

  /**
   * Leaders take some moments until they serve a new partition. Asking each for its end waits for
   * that, so that nobody's first records are refused and sent again.
   */
  private void awaitLeaders(List<NewTopic> made) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : made) {
      for (int p = 0; p < topic.numPartitions(); p++) {
        ends.put(new TopicPartition(topic.name(), p), OffsetSpec.latest());
      }
    }
    await(admin.listOffsets(ends).all());
  }

  /** A broker may not know yet what the controller has made, also for someone else just now. */
  private List<State> awaitAll(int partitions) {
    long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (true) {
      List<State> states = describe(partitions);
      if (states.stream().allMatch(State::exists) || System.nanoTime() > deadline) {
        return states;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw TandemException.failed("interrupted while waiting for Kafka", e);
      }
    }
  }

  /**
   * Checks that all topics exist and are as they must be.
   *
   * @return how many partitions the events topic, and so every topic keyed by event or row, has
   * @throws TandemException with what is wrong and what to do
   */
  public int check() {
    TopicDescription events = existing().get(topics.events());
    List<State> states = describe(events == null ? 1 : events.partitions().size());
    refuseDifferences(states);
    List<String> missing =
        states.stream().filter(s -> !s.exists()).map(s -> s.spec().name()).toList();
    if (!missing.isEmpty()) {
      throw TandemException.failed(
          "no topic "
              + String.join(", ", missing)
              + ": make them with ./tandem topics create -p "
              + topics.pipeline());
    }
    return states.get(0).partitions().orElseThrow();
  }

  private void refuseDifferences(List<State> states) {
    List<String> wrong = new ArrayList<>();
    for (State s : states) {
      s.differences().forEach(d -> wrong.add("topic " + s.spec().name() + " " + d));
    }
    if (!wrong.isEmpty()) {
      throw TandemException.wrongUse(
          String.join("; ", wrong)
              + ": change it back, or give the pipeline another name (a partition count cannot"
              + " change once events are in)");
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw Refusals.of(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TandemException.failed("interrupted while waiting for Kafka", e);
    }
  }
}
