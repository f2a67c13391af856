package dev.tandem.core.decision;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What events have to say to decisions hour by hour, whatever their order: as {@link
 * PartitionSignals} would say it of a log that has them in order, none late. Not thread-safe.
 */
public final class BatchSignals {
  private final Hours hours;
  private final OutlierCheck outlierCheck;
  private final Rules rules;
  private final Contributions contributions;
  private final TreeMap<Long, Tally> byHour = new TreeMap<>();

  public BatchSignals(PipelineDefinition pipeline) {
    this.hours = new Hours(pipeline.zone());
    this.outlierCheck = new OutlierCheck(pipeline);
    this.rules = new Rules(pipeline);
    this.contributions = new Contributions(pipeline);
  }

  /** Takes an event as it was read; rules are applied to it here. */
  public void add(Event event) {
    Tally own = tally(hours.of(event.time()));
    own.addRecords(1, 0);
    outlierCheck.of(event).forEach(own::addOutlier);
    rules.apply(event);
    contributions.forEach(event, (id, hour, subject) -> tally(hour).add(id, subject));
  }

  /** Takes note of a record that is no event, found among events of about {@code time}. */
  public void rejected(long time) {
    tally(hours.of(time)).addRecords(1, 1);
  }

  private Tally tally(long hour) {
    return byHour.computeIfAbsent(hour, h -> new Tally());
  }

  /**
   * What was taken, hours in order; each says by itself that it is closed. Parts of one hour, of
   * several of these, add up.
   */
  public List<ClosedHour> hours() {
    List<ClosedHour> parts = new ArrayList<>();
    byHour.forEach(
        (hour, tally) ->
            parts.add(
                new ClosedHour(
                    0,
                    0,
                    parts.size() + 1L,
                    hour,
                    hours.next(hour),
                    tally.read(),
                    tally.rejected(),
                    counts(tally),
                    tally.outliers())));
    return parts;
  }

  private static Map<Long, Map<String, Long>> counts(Tally tally) {
    Map<Long, Map<String, Long>> counts = new TreeMap<>();
    tally
        .counts()
        .forEach(
            (id, bySubject) -> {
              Map<String, Long> values = new TreeMap<>();
              bySubject.forEach((subject, count) -> values.put(subject, count.value()));
              counts.put(id, values);
            });
    return counts;
  }
}
