package dev.tandem.streams.alert;

import dev.tandem.core.kafka.TopicReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What {@code P.alerts} holds: the alerts that are open, and the newest of all. Any instance knows
 * them, whichever decides. Thread-safe; nobody waits for {@link #look}.
 */
public final class AlertLog implements AutoCloseable {
  /** Some tens of megabytes. */
  static final int MOST = 20_000;

  private final Map<String, String> kafka;
  private final TopicPartition partition;
  private final Set<String> decisions;
  private final Map<AlertEntry.Subject, AlertEntry> open = new LinkedHashMap<>();
  private final Deque<AlertEntry> newest = new ArrayDeque<>();
  private final Object reading = new Object();
  private long next;
  private @Nullable TopicReader reader;

  /**
   * @param clientProperties of Kafka
   * @param topic of one partition
   * @param decisions names of those that are made now: of others nothing is open
   */
  public AlertLog(
      Map<String, String> clientProperties, String topic, Collection<String> decisions) {
    this.kafka = new HashMap<>(clientProperties);
    this.kafka.put("default.api.timeout.ms", "5000");
    this.decisions = Set.copyOf(decisions);
    this.partition = new TopicPartition(topic, 0);
  }

  /**
   * Takes what was written since the last look, only what is committed.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer; nothing is missed
   */
  public void look() {
    synchronized (reading) {
      TopicReader from = reader == null ? new TopicReader(kafka) : reader;
      reader = from;
      long end = from.end(partition);
      if (next < end) {
        from.read(partition, next, end, this::take);
        next = end;
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null && record.offset() >= next) {
      AlertEntry.read(record.offset(), record.value()).ifPresent(this::add);
    }
    next = Math.max(next, record.offset() + 1);
  }

  synchronized void add(AlertEntry alert) {
    open.remove(alert.about());
    if (alert.state() == AlertEntry.State.RAISED && decisions.contains(alert.decision())) {
      open.put(alert.about(), alert);
    }
    newest.addLast(alert);
    if (newest.size() > MOST) {
      newest.removeFirst();
    }
  }

  /** Those asked for, the newest first. */
  public synchronized List<AlertEntry> select(AlertQuery query) {
    Deque<AlertEntry> all = query.openOnly() ? new ArrayDeque<>(open.values()) : newest;
    List<AlertEntry> found = new ArrayList<>();
    Iterator<AlertEntry> backwards = all.descendingIterator();
    while (backwards.hasNext() && found.size() < query.limit()) {
      AlertEntry alert = backwards.next();
      if (query.matches(alert)) {
        found.add(alert);
      }
    }
    return found;
  }

  /** Those decided behind {@code offset}, in their order, the last so many at most. */
  public synchronized List<AlertEntry> after(long offset, int most) {
    List<AlertEntry> found = new ArrayList<>();
    Iterator<AlertEntry> backwards = newest.descendingIterator();
    while (backwards.hasNext() && found.size() < most) {
      AlertEntry alert = backwards.next();
      if (alert.offset() <= offset) {
        break;
      }
      found.add(0, alert);
    }
    return found;
  }

  /** How many alerts of a decision are open. */
  public synchronized long open(String decision) {
    return open.keySet().stream().filter(s -> s.decision().equals(decision)).count();
  }

  /** How many alerts are open. */
  public synchronized long open() {
    return open.size();
  }

  /** Behind the last alert: what {@link #after} begins with. */
  public synchronized long last() {
    return newest.isEmpty() ? -1 : newest.getLast().offset();
  }

  @Override
  public void close() {
    synchronized (reading) {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
