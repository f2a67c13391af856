package dev.tandem.replay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.time.TimeRange;
import dev.tandem.replay.merge.Entry;

/** Makes records to publish out of those that were read. Not thread-safe. */
public final class Encoder {
  /** Brokers take records of a megabyte unless told otherwise. */
  public static final int MOST_BYTES = 1_000_000;

  private final EventJson json;
  private final TimeRange range;

  Encoder(Plan plan) {
    json = new EventJson(plan.pipeline());
    range = plan.range();
  }

  /** As {@link #encode} for an entry that is not to be published: its fate alone. */
  Output skip(Entry entry) {
    if (entry.decoded() instanceof Decoded.Good good && !mayBeLarge(good.event())) {
      return Output.none(entry, range.contains(entry.time()) ? Fate.PUBLISH : Fate.OUTSIDE);
    }
    return Output.none(entry, encode(entry).fate());
  }

  /** No character takes more than six bytes of JSON. */
  private static boolean mayBeLarge(Event event) {
    long characters = 0;
    for (Field field : event.schema().fields()) {
      if (field.type() == FieldType.STRING) {
        String text = event.text(field);
        characters += text == null ? 0 : text.length();
      } else if (field.type() == FieldType.STRINGS) {
        for (String text : event.texts(field)) {
          characters += text.length() + 1;
        }
      }
    }
    return characters > MOST_BYTES / 10;
  }

  Output encode(Entry entry) {
    if (entry.decoded() instanceof Decoded.Good good) {
      if (!range.contains(entry.time())) {
        return Output.none(entry, Fate.OUTSIDE);
      }
      byte[] value = json.write(good.event());
      return value.length > MOST_BYTES
          ? new Output(entry, Fate.REJECT, source(entry), value)
          : new Output(entry, Fate.PUBLISH, good.event().id().getBytes(UTF_8), value);
    }
    Decoded.Bad bad = (Decoded.Bad) entry.decoded();
    return new Output(entry, Fate.REJECT, source(entry), bad.raw());
  }

  /** {@code file:line}. */
  static byte[] source(Entry entry) {
    return (entry.source().name() + ":" + entry.decoded().line()).getBytes(UTF_8);
  }
}
