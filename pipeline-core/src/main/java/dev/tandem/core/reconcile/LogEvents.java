package dev.tandem.core.reconcile;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.InvalidEventException;
import dev.tandem.core.event.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides which records of the log are events: the one place that says so, for the stream and for
 * the batch. Not thread-safe.
 */
public final class LogEvents {
  /** An event time further ahead of its append is a broken clock. */
  public static final Duration MAX_AHEAD = Duration.ofHours(24);

  private final EventJson json;
  private final ToIntFunction<byte[]> partitioner;

  /**
   * @param partitioner the partition of the log in which a key belongs
   */
  public LogEvents(PipelineDefinition pipeline, ToIntFunction<byte[]> partitioner) {
    this.json = new EventJson(pipeline);
    this.partitioner = partitioner;
  }

  /** What a record of the log is. */
  public sealed interface Admission {
    /** An event, as read: rules are not applied. */
    record Valid(Event event) implements Admission {}

    /** Not an event that can be counted; {@code error} says what and where. */
    record Invalid(RejectReason reason, String error) implements Admission {}
  }

  /** Whether the record is a barrier, genuine or not. */
  public static boolean isBarrier(LogRecord record) {
    return record.barrier() != null && record.value() == null;
  }

  /**
   * @param record not a barrier
   * @param partition the record lies in
   */
  public Admission admit(LogRecord record, int partition) {
    Admission read = admit(record.value(), record.appendTime());
    if (!(read instanceof Admission.Valid valid)) {
      return read;
    }
    byte[] key = record.key();
    String id = valid.event().id();
    if (key == null || !Arrays.equals(key, id.getBytes(StandardCharsets.UTF_8))) {
      return new Admission.Invalid(
          RejectReason.KEY_MISMATCH,
          "the key is "
              + (key == null ? "null" : "'" + abbreviated(key) + "'")
              + ", the event id is '"
              + id
              + "'");
    }
    int home = partitioner.applyAsInt(key);
    if (home != partition) {
      return new Admission.Invalid(
          RejectReason.WRONG_PARTITION,
          "lies in partition "
              + partition
              + ", its key belongs in "
              + home
              + ": produce with the murmur2 partitioner");
    }
    return valid;
  }

  /**
   * The same for a value that is to be keyed by its event id and put where that belongs.
   *
   * @param appendTime milliseconds since the epoch
   */
  public Admission admit(byte @Nullable [] value, long appendTime) {
    if (value == null) {
      return new Admission.Invalid(
          RejectReason.EMPTY, "the value is null and there is no tandem-barrier header");
    }
    try {
      Event event = json.read(value);
      return tooFarAhead(event, appendTime).orElseGet(() -> new Admission.Valid(event));
    } catch (InvalidEventException e) {
      return new Admission.Invalid(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /** Why an event cannot have been appended at that time; empty when it can. */
  public static Optional<Admission> tooFarAhead(Event event, long appendTime) {
    if (event.time() - appendTime <= MAX_AHEAD.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        new Admission.Invalid(
            RejectReason.FUTURE_TIME,
            "event time "
                + Instant.ofEpochMilli(event.time())
                + " is more than 24 hours after its append at "
                + Instant.ofEpochMilli(appendTime)));
  }

  private static String abbreviated(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
