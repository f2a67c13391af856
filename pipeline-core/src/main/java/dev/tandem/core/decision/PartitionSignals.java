package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of the log has to say to decisions: counts by aggregate, hour and subject,
 * events that cannot be, the share of rejected records. When the partition's {@link Watermark} is
 * {@code lateness} past the end of an hour, the hour is closed and passed on; what comes for it
 * later is late, and so is what lies days ahead of the watermark: it is counted as such and decides
 * nothing.
 *
 * <p>All of it follows from the partition's events in their order, and from nothing else: not from
 * other partitions, nor from commits, restarts or backfills. The caller calls {@link #save} before
 * it commits the offsets of what it passed in, in the same transaction. Not thread-safe.
 */
public final class PartitionSignals {
  private static final byte[] STANDING = {0};
  private static final int VERSION = 1;

  private final long lateness;
  private final Hours hours;
  private final Contributions contributions;
  private final OutlierCheck outlierCheck;
  private final DecisionState store;
  private final OpenHours open;
  private final ClosedHours closed;

  private final Watermark watermark;
  private final List<HeldEvent> held = new ArrayList<>();
  private List<Outlying> outliers = List.of();
  private long closedBefore;
  private long late;
  private long readEarly;
  private long rejectedEarly;

  /**
   * @param partition of the log
   * @param began offset of the first record that comes, where the store is empty
   * @param store of this partition; empty at the very first start
   * @param output takes closed hours, at once
   */
  public PartitionSignals(
      PipelineDefinition pipeline,
      int partition,
      long began,
      DecisionState store,
      Consumer<ClosedHour> output) {
    this.lateness = pipeline.decisions().lateness().toMillis();
    this.hours = new Hours(pipeline.zone());
    this.contributions = new Contributions(pipeline);
    this.outlierCheck = new OutlierCheck(pipeline);
    this.store = store;
    this.open = new OpenHours(pipeline, store);
    byte @Nullable [][] standing = {null};
    store.forEach(
        (key, value) -> {
          open.restore(key, value);
          standing[0] = key[0] == STANDING[0] ? value : standing[0];
        });
    Bytes saved = standing[0] == null ? null : Bytes.reader(standing[0]);
    if (saved == null) {
      this.watermark = new Watermark();
      this.closed = new ClosedHours(partition, began, 0, output);
    } else {
      saved.getVersion("state of the signals", VERSION, VERSION);
      this.watermark = new Watermark(saved);
      this.closed = new ClosedHours(partition, saved.getUnsigned(), saved.getUnsigned(), output);
      restore(saved);
    }
  }

  private void restore(Bytes saved) {
    closedBefore = saved.getSigned();
    late = saved.getUnsigned();
    readEarly = saved.getUnsigned();
    rejectedEarly = saved.getUnsigned();
    for (long left = saved.getUnsigned(); left > 0; left--) {
      held.add(HeldEvent.read(saved));
    }
    for (long left = saved.getUnsigned(); left > 0; left--) {
      Tally tally = open.of(saved.getSigned());
      tally.addRecords(saved.getUnsigned(), saved.getUnsigned());
      for (long more = saved.getUnsigned(); more > 0; more--) {
        tally.addOutlier(Outlying.read(saved));
      }
    }
  }

  /** Takes a valid event that is no repeat, before any rule; {@link #admitted} must follow. */
  public void asRead(Event event) {
    outliers = outlierCheck.of(event);
  }

  /** Takes the same event with the rules applied. */
  public void admitted(Event event) {
    HeldEvent all = new HeldEvent(event.time(), contributions.of(event), outliers);
    switch (watermark.offer(event.time())) {
      case NEAR -> {
        held.clear();
        advance();
        count(all);
      }
      case HELD -> held.add(all);
      case BELIEVED -> {
        advance();
        held.forEach(this::count);
        held.clear();
        count(all);
      }
    }
    records(1, 0);
  }

  /** Takes note of a record that is no event. */
  public void rejected() {
    records(1, 1);
  }

  private void records(long read, long rejected) {
    if (watermark.isStarted()) {
      open.of(hours.of(watermark.time())).addRecords(readEarly + read, rejectedEarly + rejected);
      readEarly = 0;
      rejectedEarly = 0;
    } else {
      readEarly += read;
      rejectedEarly += rejected;
    }
  }

  private void count(HeldEvent event) {
    for (Contribution c : event.contributions()) {
      if (c.hour() < closedBefore || c.hour() > watermark.time() + Watermark.JUMP) {
        late++;
      } else {
        open.of(c.hour()).add(c.definitionId(), c.subject());
      }
    }
    long hour = Math.max(closedBefore, hours.of(Math.min(event.time(), watermark.time())));
    event.outliers().forEach(open.of(hour)::addOutlier);
  }

  private void advance() {
    long before = closedBefore;
    long now = hours.of(watermark.time() - lateness);
    if (closed.sequence() == 0 || now > before) {
      closedBefore = now;
      closed.pass(open.closeBefore(now), closed.sequence() == 0 ? now : before, now);
    }
  }

  /** Writes what has changed. */
  public void save() {
    open.save();
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    watermark.write(out);
    out.putUnsigned(closed.began());
    out.putUnsigned(closed.sequence());
    out.putSigned(closedBefore);
    out.putUnsigned(late);
    out.putUnsigned(readEarly);
    out.putUnsigned(rejectedEarly);
    out.putUnsigned(held.size());
    held.forEach(event -> event.write(out));
    out.putUnsigned(open.all().size());
    open.all()
        .forEach(
            (hour, tally) -> {
              out.putSigned(hour);
              out.putUnsigned(tally.read());
              out.putUnsigned(tally.rejected());
              out.putUnsigned(tally.outliers().size());
              tally.outliers().forEach(outlying -> outlying.write(out));
            });
    store.put(STANDING, out.toArray());
  }

  /** Contributions that came too late to be decided on, or lie days ahead. */
  public long late() {
    return late;
  }

  /** How far event time has come here; empty before the first events. */
  public OptionalLong watermark() {
    return watermark.isStarted() ? OptionalLong.of(watermark.time()) : OptionalLong.empty();
  }
}
