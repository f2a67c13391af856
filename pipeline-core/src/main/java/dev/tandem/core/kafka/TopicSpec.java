package dev.tandem.core.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a topic must be.
 *
 * @param configs settings it is made with; those of {@link #CHECKED} must be so later as well
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {
  /** What correctness rests on; other settings are the user's to change. */
  static final List<String> CHECKED = List.of("cleanup.policy", "message.timestamp.type");

  private static final String FOREVER = "-1";
  private static final String MAX_RECORD = Integer.toString(4 * 1024 * 1024);

  public TopicSpec {
    configs = Map.copyOf(configs);
  }

  /**
   * Every topic of a pipeline, with {@code partitions} for those that are keyed by event or row.
   */
  public static List<TopicSpec> all(Topics topics, int partitions) {
    Map<String, String> appendTime = Map.of("message.timestamp.type", "LogAppendTime");
    Map<String, String> big = Map.of("max.message.bytes", MAX_RECORD);
    List<TopicSpec> specs = new ArrayList<>();
    specs.add(log(topics.events(), partitions, appendTime));
    specs.add(log(topics.rejected(), partitions, big));
    specs.add(compacted(topics.corrections(), partitions, big));
    specs.add(compacted(topics.claims(), partitions, appendTime));
    specs.add(compacted(topics.aggregates(), partitions, big));
    specs.add(compacted(topics.runs(), 1, big));
    specs.add(log(topics.alerts(), 1, Map.of()));
    specs.add(compacted(topics.baselines(), 1, Map.of()));
    specs.add(compacted(topics.progress(), 1, Map.of()));
    specs.add(compacted(topics.acknowledgements(), 1, Map.of()));
    return specs;
  }

  /**
   * What a topic of {@code replication} copies needs so that one broker may be away and nothing is
   * lost with another: all copies but one have a record before it counts as written.
   */
  public static Map<String, String> inSync(int replication) {
    return Map.of("min.insync.replicas", Integer.toString(Math.max(1, replication - 1)));
  }

  private static TopicSpec log(String name, int partitions, Map<String, String> more) {
    return of(
        name,
        partitions,
        Map.of("cleanup.policy", "delete", "retention.ms", FOREVER, "retention.bytes", FOREVER),
        more);
  }

  private static TopicSpec compacted(String name, int partitions, Map<String, String> more) {
    return of(name, partitions, Map.of("cleanup.policy", "compact"), more);
  }

  private static TopicSpec of(
      String name, int partitions, Map<String, String> configs, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(configs);
    all.putAll(more);
    return new TopicSpec(name, partitions, all);
  }
}
