package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogEvents.Admission;
import dev.tandem.replay.publish.Encoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Decodes rejected records again, with the pipeline as it is now. One that lay under a wrong key or
 * in a wrong partition is valid when its value is: its id says where it belongs. Not thread-safe.
 */
final class Repair {
  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final EventJson json;
  private final LogEvents log;

  Repair(PipelineDefinition pipeline) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.json = new EventJson(pipeline);
    this.log = new LogEvents(pipeline, id -> 0);
  }

  /** What a rejected record is by now. */
  sealed interface Verdict {
    /** An event: key and value to publish. */
    record Valid(byte[] id, byte[] value) implements Verdict {}

    /** Still none. */
    record Invalid(String reason, String error) implements Verdict {}
  }

  /**
   * A time from the future stays one when that future has come: it is held against the time at
   * which the record was rejected.
   */
  Verdict judge(RejectedRecord record) {
    byte[] value = record.value();
    boolean cut = record.reason().equals(RejectReason.TOO_LARGE.code());
    if (value == null || cut) {
      return unchanged(record);
    }
    Admission admission = record.isOf(topics) ? log.admit(value, record.rejectedAt()) : row(record);
    if (admission instanceof Admission.Invalid invalid) {
      return new Verdict.Invalid(invalid.reason().code(), invalid.error());
    }
    Event event = ((Admission.Valid) admission).event();
    // What came as JSON goes on as it came, with what the pipeline does not know of.
    byte[] bytes = record.isOf(topics) ? value : json.write(event);
    return bytes.length > Encoder.MOST_BYTES
        ? new Verdict.Invalid(RejectReason.TOO_LARGE.code(), "too large to be published")
        : new Verdict.Valid(event.id().getBytes(UTF_8), bytes);
  }

  private static Verdict unchanged(RejectedRecord record) {
    return new Verdict.Invalid(record.reason(), record.error());
  }

  /** Decodes a row as the only one of a file. */
  private Admission row(RejectedRecord record) {
    Admission.Invalid unchanged =
        new Admission.Invalid(RejectReason.ofCode(record.reason()), record.error());
    try (FileDecoder decoder =
        FileDecoder.open(pipeline, new ByteArrayInputStream(file(record)), record.source())) {
      if (!decoder.hasNext()) {
        return unchanged;
      }
      Decoded first = decoder.next();
      if (decoder.hasNext()) {
        return unchanged;
      }
      if (first instanceof Decoded.Bad bad) {
        return new Admission.Invalid(bad.reason(), bad.error());
      }
      Event event = ((Decoded.Good) first).event();
      Optional<Admission> refusal = LogEvents.tooFarAhead(event, record.rejectedAt());
      return refusal.orElseGet(() -> new Admission.Valid(event));
    } catch (TandemException e) {
      // The pipeline has no format any more that such a row could be of, or never had.
      return record.columns() == null
          ? unchanged
          : new Admission.Invalid(unchanged.reason(), String.valueOf(e.getMessage()));
    }
  }

  private static byte[] file(RejectedRecord record) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (record.columns() != null) {
      file.writeBytes(record.columns());
      file.write('\n');
    }
    if (record.value() != null) {
      file.writeBytes(record.value());
    }
    file.write('\n');
    return file.toByteArray();
  }
}
