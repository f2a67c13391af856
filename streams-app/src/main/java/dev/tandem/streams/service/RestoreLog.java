package dev.tandem.streams.service;

import dev.tandem.core.fault.FailPoint;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when state is read back from changelogs, as after a kill, and how much that was. */
final class RestoreLog implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreLog.class);

  private static final long WORTH_A_LINE = 50_000;

  private final String pipeline;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong began = new AtomicLong();

  RestoreLog(String pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    if (open.getAndIncrement() == 0) {
      records.set(0);
      began.set(System.nanoTime());
    }
    if (to - from > WORTH_A_LINE) {
      LOG.info("{}: reading up to {} records of {} back", pipeline, to - from, changelog);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
    records.addAndGet(count);
    FailPoint.APP_RESTORING.reached();
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    ended();
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    ended();
  }

  private void ended() {
    if (open.decrementAndGet() == 0 && records.get() > 0) {
      double seconds = (System.nanoTime() - began.get()) / 1e9;
      LOG.info(
          "{}: {} records of state read back in {} s",
          pipeline,
          records.get(),
          String.format("%.1f", seconds));
    }
  }
}
