package dev.tandem.streams.topology;

import dev.tandem.core.TandemException;
import java.util.Map;
import java.util.Set;

/**
 * Says whether the state of a task belongs to the topics that are there now. Without it, a topic
 * that was deleted and made anew, offsets that were moved, or brokers that came back from a backup
 * would go unnoticed, and events would be counted twice or not at all.
 */
@FunctionalInterface
public interface Lineage {
  /** Takes everything as it is: for tests without Kafka. */
  Lineage ANY = saved -> Map.of();

  /**
   * What a task has saved of its topics.
   *
   * @param partition of the task
   * @param fresh whether it has no state at all
   * @param inputs the topics it reads
   * @param next by input, behind the last record that is in the state; empty where none is
   * @param others further topics it cannot do without: changelogs and outputs
   * @param ids by topic, Kafka's id of it when the state was saved; empty at the first start
   */
  record Saved(
      int partition,
      boolean fresh,
      Set<String> inputs,
      Map<String, Long> next,
      Set<String> others,
      Map<String, String> ids) {
    public Saved {
      inputs = Set.copyOf(inputs);
      next = Map.copyOf(next);
      others = Set.copyOf(others);
      ids = Map.copyOf(ids);
    }
  }

  /**
   * Checks, whenever a task is made, before its first record.
   *
   * @return ids of the topics as they are now, to be saved with the state
   * @throws TandemException with what does not fit and what to do
   */
  Map<String, String> check(Saved saved);
}
