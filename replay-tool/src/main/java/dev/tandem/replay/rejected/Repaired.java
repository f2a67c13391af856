package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.replay.publish.ProgressLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which rejected records were sent again, as {@code P.progress} holds it: a record for each 4,096
 * offsets of a partition of {@code P.rejected} with any, key {@code rejected-PARTITION-BLOCK},
 * value {@code {"replay":"rejected-0-3","topic":…,"repaired":[[12288,12290],[12295,12296]],
 * "updated_at":…}}, ranges of offsets, half-open. It is written in the transaction that sends the
 * records. Not thread-safe.
 */
final class Repaired {
  private static final int BLOCK = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String topicId;
  private final Map<String, BitSet> blocks = new TreeMap<>();
  private final TreeSet<String> changed = new TreeSet<>();

  /**
   * @param topicId of {@code P.rejected}: when it was deleted and made anew, what is said of the
   *     old one does not apply
   */
  Repaired(String topicId) {
    this.topicId = topicId;
  }

  /** As JSON. */
  private record Block(
      @JsonProperty("replay") String replay,
      @JsonProperty("topic") String topic,
      @JsonProperty("repaired") List<long[]> repaired,
      @JsonProperty("updated_at") String updatedAt) {}

  /** Takes a record of {@code P.progress}; those of replays of files are passed over. */
  void take(String id, byte[] value) {
    if (!id.startsWith(ProgressLog.REJECTED)) {
      return;
    }
    Block block;
    try {
      block = JSON.readValue(value, Block.class);
    } catch (IOException e) {
      throw new UncheckedIOException("not the progress of rejected records: " + id, e);
    }
    if (!block.topic().equals(topicId)) {
      return;
    }
    BitSet bits = new BitSet(BLOCK);
    for (long[] range : block.repaired()) {
      long begin = range[0] / BLOCK * BLOCK;
      bits.set((int) (range[0] - begin), (int) (range[1] - begin));
    }
    blocks.put(id, bits);
  }

  private static String key(int partition, long offset) {
    return ProgressLog.REJECTED + partition + "-" + offset / BLOCK;
  }

  boolean contains(int partition, long offset) {
    BitSet bits = blocks.get(key(partition, offset));
    return bits != null && bits.get((int) (offset % BLOCK));
  }

  void add(int partition, long offset) {
    String key = key(partition, offset);
    blocks.computeIfAbsent(key, k -> new BitSet(BLOCK)).set((int) (offset % BLOCK));
    changed.add(key);
  }

  /** What has changed since the last call, by key. */
  Map<String, byte[]> takeChanges() {
    Map<String, byte[]> changes = new TreeMap<>();
    for (String key : changed) {
      changes.put(key, toBytes(key));
    }
    changed.clear();
    return changes;
  }

  private byte[] toBytes(String key) {
    long begin = Long.parseLong(key.substring(key.lastIndexOf('-') + 1)) * BLOCK;
    BitSet bits = blocks.getOrDefault(key, new BitSet());
    List<long[]> ranges = new ArrayList<>();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int to = bits.nextClearBit(from);
      ranges.add(new long[] {begin + from, begin + to});
      from = bits.nextSetBit(to);
    }
    try {
      return JSON.writeValueAsBytes(new Block(key, topicId, ranges, Instant.now().toString()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key as bytes. */
  static byte[] bytes(String key) {
    return key.getBytes(UTF_8);
  }
}
