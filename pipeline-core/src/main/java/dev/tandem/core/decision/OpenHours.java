package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The open hours of one partition, with their counts in the store.
 *
 * <p>Key of a count: {@code 01} · hour (8, sign bit flipped) · definition id (8) · subject in
 * UTF-8; the value is a varint. Counts of a definition that the pipeline no longer has are removed.
 */
final class OpenHours {
  static final int COUNT = 1;

  private final DecisionState store;
  private final Set<Long> known;
  private final TreeMap<Long, Tally> open = new TreeMap<>();
  private final List<byte[]> removed = new ArrayList<>();

  OpenHours(PipelineDefinition pipeline, DecisionState store) {
    this.store = store;
    this.known =
        pipeline.decisions().aggregates().stream()
            .map(AggregateDefinition::id)
            .collect(Collectors.toSet());
  }

  /** Takes an entry of the store, if it is a count. */
  void restore(byte[] key, byte[] value) {
    if (key[0] != COUNT) {
      return;
    }
    Bytes in = Bytes.reader(key, 1);
    long hour = in.getFixed() ^ Long.MIN_VALUE;
    long definitionId = in.getFixed();
    if (known.contains(definitionId)) {
      String subject = new String(in.getRest(), StandardCharsets.UTF_8);
      of(hour).restore(definitionId, subject, Bytes.reader(value).getUnsigned());
    } else {
      removed.add(key);
    }
  }

  Tally of(long hour) {
    return open.computeIfAbsent(hour, h -> new Tally());
  }

  /** All of them, in order. */
  Map<Long, Tally> all() {
    return open;
  }

  /** Removes and returns the hours before {@code end}, in order. */
  TreeMap<Long, Tally> closeBefore(long end) {
    TreeMap<Long, Tally> closed = new TreeMap<>(open.headMap(end));
    open.headMap(end).clear();
    closed.forEach(
        (hour, tally) ->
            tally
                .counts()
                .forEach(
                    (id, bySubject) ->
                        bySubject.forEach(
                            (subject, count) -> {
                              if (count.isStored()) {
                                removed.add(key(hour, id, subject));
                              }
                            })));
    return closed;
  }

  void save() {
    removed.forEach(key -> store.put(key, null));
    removed.clear();
    open.forEach(
        (hour, tally) ->
            tally.save(
                (id, subject, value) -> {
                  Bytes number = Bytes.writer();
                  number.putUnsigned(value);
                  store.put(key(hour, id, subject), number.toArray());
                }));
  }

  private static byte[] key(long hour, long definitionId, String subject) {
    Bytes key = Bytes.writer();
    key.putByte(COUNT);
    key.putFixed(hour ^ Long.MIN_VALUE);
    key.putFixed(definitionId);
    key.putBytes(subject.getBytes(StandardCharsets.UTF_8));
    return key.toArray();
  }
}
