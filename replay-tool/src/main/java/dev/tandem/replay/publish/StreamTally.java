package dev.tandem.replay.publish;

import dev.tandem.replay.merge.Source;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The counts of a live stream over all its ingests: messages = events + rejected + passed over. Not
 * thread-safe.
 */
public final class StreamTally {
  private final Plan plan;
  private final String startedAt;
  private long messages;
  private long events;
  private long rejected;
  private long passedOver;
  private long outOfOrder;
  private long latest = Long.MIN_VALUE;
  private OptionalLong cursor = OptionalLong.empty();

  /**
   * @param earlier what ingests before this one counted
   */
  StreamTally(Plan plan, Optional<Progress> earlier) {
    this.plan = plan;
    startedAt = earlier.map(Progress::startedAt).orElseGet(() -> Instant.now().toString());
    earlier.ifPresent(this::goOnBehind);
  }

  private void goOnBehind(Progress progress) {
    messages = progress.rows();
    events = progress.events();
    rejected = progress.rejected();
    passedOver = progress.outside();
    outOfOrder = progress.outOfOrder();
    Long last = progress.cursor();
    cursor = last == null ? OptionalLong.empty() : OptionalLong.of(last);
  }

  void publish(long eventTime) {
    messages++;
    events++;
    outOfOrder += eventTime < latest ? 1 : 0;
    latest = Math.max(latest, eventTime);
  }

  void reject() {
    messages++;
    rejected++;
  }

  void passOver() {
    messages++;
    passedOver++;
  }

  /** The stream has come to this place; nothing changes where a message says none. */
  void at(OptionalLong place) {
    cursor = place.isPresent() ? place : cursor;
  }

  public long messages() {
    return messages;
  }

  public long events() {
    return events;
  }

  public long rejected() {
    return rejected;
  }

  public long passedOver() {
    return passedOver;
  }

  public OptionalLong cursor() {
    return cursor;
  }

  /** A stream has no end, so it is never finished. */
  Progress progress() {
    ZoneId zone = plan.pipeline().zone();
    Source source = plan.sources().get(0);
    return new Progress(
        plan.id(),
        Progress.State.RUNNING,
        List.of(new Progress.File(source.name(), 0, messages, events, rejected, messages)),
        null,
        null,
        plan.order(),
        messages,
        messages,
        events,
        rejected,
        passedOver,
        outOfOrder,
        Tallies.text(latest, Long.MIN_VALUE, zone),
        startedAt,
        Instant.now().toString(),
        cursor.isPresent() ? cursor.getAsLong() : null);
  }
}
