package dev.tandem.replay.rejected;

import java.util.Map;
import java.util.TreeMap;

/** Counts rejected records by reason. Not thread-safe. */
final class Census {
  private final Map<String, Group> groups = new TreeMap<>();

  /** Those of one reason. */
  static final class Group {
    private long records;
    private long before;
    private long now;
    private long last = Long.MIN_VALUE;
    private String error = "";

    /** All. */
    long records() {
      return records;
    }

    /** Of them sent again earlier. */
    long before() {
      return before;
    }

    /** Of them valid by now, and, unless it is a dry run, sent again now. */
    long now() {
      return now;
    }

    /** Those that are left. */
    long open() {
      return records - before - now;
    }

    /** When the newest of them was rejected, milliseconds since the epoch. */
    long last() {
      return last;
    }

    /** What is wrong with one of those that are left; empty when none is. */
    String error() {
      return error;
    }
  }

  private Group group(RejectedRecord record) {
    Group group = groups.computeIfAbsent(record.reason(), reason -> new Group());
    group.records++;
    group.last = Math.max(group.last, record.rejectedAt());
    return group;
  }

  void repairedBefore(RejectedRecord record) {
    group(record).before++;
  }

  void repairedNow(RejectedRecord record) {
    group(record).now++;
  }

  void open(RejectedRecord record, String error) {
    Group group = group(record);
    if (group.error.isEmpty()) {
      group.error = error;
    }
  }

  /** By the code of the reason for which they were rejected. */
  Map<String, Group> groups() {
    return groups;
  }

  long records() {
    return groups.values().stream().mapToLong(Group::records).sum();
  }

  long before() {
    return groups.values().stream().mapToLong(Group::before).sum();
  }

  long now() {
    return groups.values().stream().mapToLong(Group::now).sum();
  }

  long open() {
    return groups.values().stream().mapToLong(Group::open).sum();
  }
}
