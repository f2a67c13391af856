package dev.tandem.streams.topology;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far a task has taken its inputs in, kept with its state: a record that is in the state
 * already, because Kafka has forgotten the offsets of the group or someone set them back, is passed
 * over. Together with it, which topics these were. Not thread-safe.
 *
 * <p>Two entries of the task's state store. Bytes of both: count, and for each topic its name
 * (block) and the next offset (varint) or the topic's id (block).
 */
final class TakenInputs {
  private static final byte[] POSITIONS = {1};
  private static final byte[] IDS = {2};

  private final KeyValueStore<byte[], byte[]> store;
  private final Map<String, Long> next = new TreeMap<>();
  private final Map<String, String> before = new TreeMap<>();
  private final Map<String, String> ids = new TreeMap<>();
  private boolean moved;

  /**
   * @param store of the task's state
   * @param fresh whether the task has no state
   * @param inputs topics it reads
   * @param others topics it cannot do without
   * @throws dev.tandem.core.TandemException when the state does not belong to these topics
   */
  TakenInputs(
      KeyValueStore<byte[], byte[]> store,
      int partition,
      boolean fresh,
      Set<String> inputs,
      Set<String> others,
      Lineage lineage) {
    this.store = store;
    byte[] positions = store.get(POSITIONS);
    if (positions != null) {
      Bytes in = Bytes.reader(positions);
      for (long n = in.getUnsigned(); n > 0; n--) {
        next.put(text(in.getBlock()), in.getUnsigned());
      }
    }
    byte[] saved = store.get(IDS);
    if (saved != null) {
      Bytes in = Bytes.reader(saved);
      for (long n = in.getUnsigned(); n > 0; n--) {
        before.put(text(in.getBlock()), text(in.getBlock()));
      }
    }
    ids.putAll(lineage.check(new Lineage.Saved(partition, fresh, inputs, next, others, before)));
  }

  /** The changelogs of {@code stores}, with the other topics that a half cannot do without. */
  static Set<String> others(Topics topics, Set<String> outputs, String... stores) {
    Set<String> all = new LinkedHashSet<>(outputs);
    for (String store : stores) {
      all.add(topics.changelog(store));
    }
    return all;
  }

  /** Whether the record is new; it counts as taken from then on. */
  boolean take(RecordMetadata record) {
    Long expected = next.get(record.topic());
    if (expected != null && record.offset() < expected) {
      return false;
    }
    next.put(record.topic(), record.offset() + 1);
    moved = true;
    return true;
  }

  /** Whether a topic is another one than when the state was saved last. */
  boolean isReplaced(String topic) {
    String then = before.get(topic);
    return then != null && !then.equals(ids.get(topic));
  }

  /** Writes what has changed; before a commit, in its transaction. */
  void save() {
    if (moved) {
      Bytes out = Bytes.writer();
      out.putUnsigned(next.size());
      next.forEach(
          (topic, offset) -> {
            out.putBlock(utf8(topic));
            out.putUnsigned(offset);
          });
      store.put(POSITIONS, out.toArray());
      moved = false;
    }
    if (!ids.equals(before)) {
      Bytes out = Bytes.writer();
      out.putUnsigned(ids.size());
      ids.forEach(
          (topic, id) -> {
            out.putBlock(utf8(topic));
            out.putBlock(utf8(id));
          });
      store.put(IDS, out.toArray());
      before.clear();
      before.putAll(new HashMap<>(ids));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
