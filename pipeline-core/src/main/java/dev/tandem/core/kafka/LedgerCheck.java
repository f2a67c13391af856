package dev.tandem.core.kafka;

import dev.tandem.core.reconcile.FirstHalfState;
import dev.tandem.core.reconcile.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The ledger of a pipeline as its app has committed it, whichever instances work on it and also
 * while none does; and the log counted again by a reader that shares nothing with the app.
 *
 * @param states by partition of the log; none where the app has not committed anything
 * @param recounted by partition, how many records the log has before the state's position; none
 *     where nobody counted, or where the log does not reach back to its start any more
 */
public record LedgerCheck(Map<Integer, FirstHalfState> states, Map<Integer, Long> recounted) {
  private static final long TAIL = 16;
  private static final byte[] THE_STATE = {0};

  public LedgerCheck {
    states = Collections.unmodifiableMap(new TreeMap<>(states));
    recounted = Collections.unmodifiableMap(new TreeMap<>(recounted));
  }

  /** The ledger as it is committed now. */
  public static LedgerCheck read(TopicReader reader, Topics topics) {
    Map<Integer, FirstHalfState> states = new TreeMap<>();
    for (TopicPartition partition : reader.partitions(topics.ledger())) {
      byte[] newest = newest(reader, partition);
      if (newest.length > 0) {
        states.put(partition.partition(), FirstHalfState.fromBytes(newest));
      }
    }
    return new LedgerCheck(states, Map.of());
  }

  /** The last value; empty when there is none. Behind it lie transaction markers only. */
  private static byte[] newest(TopicReader reader, TopicPartition partition) {
    long begin = reader.beginning(partition);
    long end = reader.end(partition);
    byte[][] newest = {{}};
    for (long tail = TAIL; newest[0].length == 0; tail *= TAIL) {
      long from = Math.max(begin, end - tail);
      reader.read(
          partition, from, end, record -> newest[0] = isState(record) ? record.value() : newest[0]);
      if (from == begin) {
        break;
      }
    }
    return newest[0];
  }

  /** Under other keys the first half keeps what it has taken in of which topics. */
  private static boolean isState(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null && Arrays.equals(record.key(), THE_STATE);
  }

  /** The same with the log counted up to where the app has read it: about a second a million. */
  public LedgerCheck recount(TopicReader reader, Topics topics) {
    Map<Integer, Long> counts = new TreeMap<>();
    states.forEach(
        (p, state) -> {
          TopicPartition partition = new TopicPartition(topics.events(), p);
          if (reader.beginning(partition) == 0) {
            long[] count = {0};
            reader.read(partition, 0, state.position(), record -> count[0]++);
            counts.put(p, count[0]);
          }
        });
    return new LedgerCheck(states, counts);
  }

  /** The sum of all partitions. */
  public Ledger total() {
    return states.values().stream().map(FirstHalfState::ledger).reduce(Ledger.ZERO, Ledger::plus);
  }

  /** Whether every partition balances and has read what the log has, as far as it was counted. */
  public boolean balances() {
    return problems().isEmpty();
  }

  /** What is wrong, a line a partition and cause; none when all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    states.forEach(
        (partition, state) -> {
          Ledger ledger = state.ledger();
          if (!ledger.balances()) {
            problems.add("partition " + partition + ": " + ledger.problem());
          }
          long records = recounted.getOrDefault(partition, state.records());
          if (records != state.records()) {
            problems.add(
                String.format(
                    Locale.ROOT,
                    "partition %d: the log has %,d records before offset %d, the app has read %,d",
                    partition,
                    records,
                    state.position(),
                    state.records()));
          }
        });
    return problems;
  }

  /** All in a line: {@code 10 read = 7 counted + …; balanced}. */
  public String line() {
    if (states.isEmpty()) {
      return "not known: the app has not committed anything yet";
    }
    String sum = total().toText();
    if (!balances()) {
      return sum + "; DOES NOT BALANCE: " + String.join("; ", problems());
    }
    return sum
        + "; balanced"
        + (recounted.size() == states.size() ? ", the log counted again has as many" : "");
  }
}
