package dev.tandem.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is counted of one open hour in one partition of the log. */
final class Tally {
  /** An hour full of garbage must not fill the memory. */
  private static final int MOST_OUTLIERS = 100;

  /** By aggregate and subject. */
  private final Map<Long, Map<String, Count>> counts = new HashMap<>();

  private final List<Outlying> outliers = new ArrayList<>();
  private long read;
  private long rejected;

  /** Counts that the store does not have as they are. */
  private final List<Count> changed = new ArrayList<>();

  /** How many events of a subject. */
  static final class Count {
    private final long definitionId;
    private final String subject;
    private long value;
    private boolean waiting;
    private boolean stored;

    private Count(long definitionId, String subject) {
      this.definitionId = definitionId;
      this.subject = subject;
    }

    long value() {
      return value;
    }

    /** Whether the store has an entry of it, the present one or an older one. */
    boolean isStored() {
      return stored;
    }
  }

  /** Takes what has to be written. */
  interface Changed {
    void count(long definitionId, String subject, long value);
  }

  void add(long definitionId, String subject) {
    Count count = count(definitionId, subject);
    count.value++;
    if (!count.waiting) {
      count.waiting = true;
      changed.add(count);
    }
  }

  /** A count as the store has it. */
  void restore(long definitionId, String subject, long value) {
    Count count = count(definitionId, subject);
    count.value = value;
    count.stored = true;
  }

  private Count count(long definitionId, String subject) {
    return counts
        .computeIfAbsent(definitionId, id -> new HashMap<>())
        .computeIfAbsent(subject, s -> new Count(definitionId, s));
  }

  void addRecords(long newlyRead, long newlyRejected) {
    read += newlyRead;
    rejected += newlyRejected;
  }

  void addOutlier(Outlying outlying) {
    if (outliers.size() < MOST_OUTLIERS) {
      outliers.add(outlying);
    }
  }

  Map<Long, Map<String, Count>> counts() {
    return counts;
  }

  List<Outlying> outliers() {
    return outliers;
  }

  long read() {
    return read;
  }

  long rejected() {
    return rejected;
  }

  /** Passes the counts that the store does not have as they are. */
  void save(Changed output) {
    for (Count count : changed) {
      output.count(count.definitionId, count.subject, count.value);
      count.waiting = false;
      count.stored = true;
    }
    changed.clear();
  }
}
