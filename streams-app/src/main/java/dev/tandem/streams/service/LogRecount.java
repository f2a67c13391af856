package dev.tandem.streams.service;

import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.topology.TaskBoard;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the log behind the tasks, in a thread and with a reader that they know nothing of. */
final class LogRecount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogRecount.class);

  private final Map<String, String> kafka;
  private final Topics topics;
  private final TaskBoard board;
  private final LedgerWatch watch = new LedgerWatch(this::records);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "ledger-watch");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable TopicReader reader;
  private boolean told;

  LogRecount(Map<String, String> kafka, Topics topics, TaskBoard board) {
    this.kafka = kafka;
    this.topics = topics;
    this.board = board;
  }

  void start(Duration period) {
    timer.scheduleWithFixedDelay(this::look, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      watch.look(board.opened(), board.logs());
      board.problem().or(watch::problem).ifPresent(this::tell);
    } catch (RuntimeException e) {
      LOG.debug("not counted this time", e);
      closeReader();
    }
  }

  private void tell(String problem) {
    if (!told) {
      told = true;
      LOG.error("{}: the ledger does not balance: {}", topics.pipeline(), problem);
    }
  }

  private OptionalLong records(int p, long from, long to) {
    TopicReader open = reader == null ? TopicReader.ofOffsets(kafka) : reader;
    reader = open;
    TopicPartition partition = new TopicPartition(topics.events(), p);
    long[] count = {0};
    open.read(partition, from, to, record -> count[0]++);
    return open.beginning(partition) <= from ? OptionalLong.of(count[0]) : OptionalLong.empty();
  }

  private void closeReader() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  /** What the tasks have missed; empty when nothing is known to be. */
  Optional<String> problem() {
    return watch.problem();
  }

  @Override
  public void close() {
    timer.execute(this::closeReader);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
