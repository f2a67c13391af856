package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The hours that wait to be decided and those that later ones look back on, with their parts in the
 * store as they came. Key: {@code 01} · hour (8, sign bit flipped) · partition, began, sequence (8
 * each).
 */
final class ReceivedHours {
  static final int HOUR = 1;

  private final DecisionState store;
  private final TreeMap<Long, HourCounts> byHour = new TreeMap<>();
  private final TreeMap<Long, List<byte[]>> keys = new TreeMap<>();
  private final List<ClosedHour> unsaved = new ArrayList<>();
  private final List<byte[]> removed = new ArrayList<>();

  ReceivedHours(DecisionState store) {
    this.store = store;
  }

  /** Takes an entry of the store, if it is a part of an hour. */
  void restore(byte[] key, byte[] value) {
    if (key[0] == HOUR) {
      ClosedHour part = ClosedHour.fromBytes(value);
      merge(part);
      keys.computeIfAbsent(part.hour(), h -> new ArrayList<>()).add(key);
    }
  }

  void add(ClosedHour part) {
    merge(part);
    unsaved.add(part);
  }

  private void merge(ClosedHour part) {
    byHour.computeIfAbsent(part.hour(), h -> new HourCounts()).add(part);
  }

  /** Those that had anything, by their start. */
  TreeMap<Long, HourCounts> byHour() {
    return byHour;
  }

  void forgetBefore(long hour) {
    byHour.headMap(hour).clear();
    keys.headMap(hour).values().forEach(removed::addAll);
    keys.headMap(hour).clear();
    unsaved.removeIf(part -> part.hour() < hour);
  }

  void save() {
    removed.forEach(key -> store.put(key, null));
    removed.clear();
    for (ClosedHour part : unsaved) {
      byte[] key = key(part);
      store.put(key, part.toBytes());
      keys.computeIfAbsent(part.hour(), h -> new ArrayList<>()).add(key);
    }
    unsaved.clear();
  }

  private static byte[] key(ClosedHour part) {
    Bytes key = Bytes.writer();
    key.putByte(HOUR);
    key.putFixed(part.hour() ^ Long.MIN_VALUE);
    key.putFixed(part.partition());
    key.putFixed(part.began());
    key.putFixed(part.sequence());
    return key.toArray();
  }
}
