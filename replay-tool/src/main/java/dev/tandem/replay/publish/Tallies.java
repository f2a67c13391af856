package dev.tandem.replay.publish;

import dev.tandem.core.time.TimeRange;
import dev.tandem.replay.merge.Entry;
import dev.tandem.replay.merge.Source;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The counts of a replay, in all and by file. Not thread-safe. */
public final class Tallies {
  private final Plan plan;
  private final String startedAt = Instant.now().toString();
  private final Tally total = new Tally();
  private final List<Tally> bySource;

  Tallies(Plan plan) {
    this.plan = plan;
    this.bySource = Stream.generate(Tally::new).limit(plan.sources().size()).toList();
  }

  void add(Entry entry, Fate fate) {
    boolean late = entry.time() < total.last();
    total.add(entry, fate, late);
    bySource.get(entry.source().index()).add(entry, fate, late);
  }

  public Tally total() {
    return total;
  }

  public Tally of(Source source) {
    return bySource.get(source.index());
  }

  /** How many records of the merged files are counted. */
  long position() {
    return total.rows();
  }

  Progress progress(Progress.State state) {
    ZoneId zone = plan.pipeline().zone();
    TimeRange range = plan.range();
    return new Progress(
        plan.id(),
        state,
        plan.sources().stream().map(this::file).toList(),
        text(range.from(), Long.MIN_VALUE, zone),
        text(range.to(), Long.MAX_VALUE, zone),
        plan.order(),
        position(),
        total.rows(),
        total.events(),
        total.rejected(),
        total.outside(),
        total.outOfOrder(),
        text(total.last(), Long.MIN_VALUE, zone),
        startedAt,
        Instant.now().toString(),
        null);
  }

  private Progress.File file(Source source) {
    Tally tally = of(source);
    return new Progress.File(
        Plan.name(source),
        source.bytes(),
        tally.rows(),
        tally.events(),
        tally.rejected(),
        tally.line());
  }

  static @Nullable String text(long time, long none, ZoneId zone) {
    return time == none
        ? null
        : Instant.ofEpochMilli(time).atZone(zone).toOffsetDateTime().toString();
  }
}
