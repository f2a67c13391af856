package dev.tandem.streams.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * Who works on the pipeline: the members of its consumer group, asked of Kafka at most once in some
 * seconds. Thread-safe.
 */
final class Instances {
  private static final long REST_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long TIMEOUT_SECONDS = 3;

  private final Admin admin;
  private final String group;
  private List<Instance> known = List.of();
  private boolean asked;
  private long lastLook;

  Instances(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /**
   * One process of the streams app.
   *
   * @param name its client id, or its instance id when it has one
   * @param partitions of all topics that it reads
   */
  record Instance(String name, String host, int threads, int partitions) {}

  synchronized List<Instance> list() {
    if (!asked || System.nanoTime() - lastLook > REST_NANOS) {
      try {
        known = look();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        known = List.of();
      }
      asked = true;
      lastLook = System.nanoTime();
    }
    return known;
  }

  private List<Instance> look() throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Instance> byName = new TreeMap<>();
    ConsumerGroupDescription described =
        Objects.requireNonNull(
                admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    for (MemberDescription member : described.members()) {
      Instance thread =
          new Instance(
              name(member), member.host(), 1, member.assignment().topicPartitions().size());
      byName.merge(thread.name(), thread, Instances::plus);
    }
    return new ArrayList<>(byName.values());
  }

  /** Streams names a thread's member after the process and the thread. */
  private static String name(MemberDescription member) {
    return Optional.of(member.groupInstanceId().orElse(""))
        .filter(id -> !id.isEmpty())
        .map(id -> id.replaceFirst("-\\d+$", ""))
        .orElse(member.clientId().replaceFirst("-StreamThread-.*$", ""));
  }

  private static Instance plus(Instance a, Instance b) {
    return new Instance(
        a.name(), a.host(), a.threads() + b.threads(), a.partitions() + b.partitions());
  }
}
