package dev.tandem.core.decode;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventLimits;
import dev.tandem.core.event.RejectReason;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether what was read has what every event needs. */
final class EventCheck {
  private final Schema schema;
  private final Refusal noId;
  private final Refusal noTime;

  EventCheck(Schema schema, SourceFormat format) {
    this.schema = schema;
    this.noId = new Refusal(RejectReason.MISSING_ID, "no " + place(format, schema.id()));
    this.noTime =
        new Refusal(
            RejectReason.UNREADABLE_TIME, "no readable time in " + place(format, schema.time()));
  }

  /** Why it is no event. */
  record Refusal(RejectReason reason, String error) {}

  Event newEvent() {
    return new Event(schema);
  }

  Optional<Refusal> refuse(Event event) {
    String id = event.text(schema.id());
    if (id == null) {
      return Optional.of(noId);
    }
    Optional<RejectReason> reason = EventLimits.refuseId(id);
    if (reason.isPresent()) {
      String error = schema.id().name() + " begins with U+0000 or is longer than 512 bytes";
      return Optional.of(new Refusal(reason.get(), error));
    }
    return event.has(schema.time()) ? Optional.empty() : Optional.of(noTime);
  }

  private static String place(SourceFormat format, Field field) {
    return format.sources().stream()
        .filter(s -> s.field().equals(field))
        .map(FieldSource::parts)
        .flatMap(parts -> parts.stream().map(aliases -> String.join(" or ", aliases)))
        .collect(Collectors.joining(", "));
  }
}
