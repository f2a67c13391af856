package dev.tandem.core.event;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Schema;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A schema with every type, and arbitrary events of it. */
final class EventSamples {
  static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  static final Field AT = new Field(1, "at", FieldType.TIMESTAMP, 0);
  static final Field END = new Field(2, "end", FieldType.TIMESTAMP, 0);
  static final Field NAME = new Field(3, "name", FieldType.STRING, 0);
  static final Field COUNT = new Field(4, "count", FieldType.LONG, 0);
  static final Field FARE = new Field(5, "fare", FieldType.DECIMAL, 2);
  static final Field LAT = new Field(6, "lat", FieldType.DOUBLE, 0);
  static final Field FLAG = new Field(7, "flag", FieldType.BOOLEAN, 0);
  static final Field TAGS = new Field(8, "tags", FieldType.STRINGS, 0);
  static final Schema SCHEMA =
      new Schema(List.of(ID, AT, END, NAME, COUNT, FARE, LAT, FLAG, TAGS), ID, AT);

  private EventSamples() {}

  static PipelineDefinition pipeline(String zone) {
    return new PipelineDefinition(
        "samples", "", ZoneId.of(zone), SCHEMA, List.of(), List.of(), List.of());
  }

  /** The least: id and time. */
  static Event event(String id, long at) {
    Event event = new Event(SCHEMA);
    event.setText(ID, id);
    event.setNumber(AT, at);
    return event;
  }

  /** Events as files and topics can give them: texts stripped and not empty, numbers in range. */
  static Arbitrary<Event> events() {
    Arbitrary<String> texts =
        Arbitraries.strings()
            .ofMaxLength(20)
            .map(String::strip)
            .filter(s -> !s.isEmpty() && EventLimits.isWellFormed(s));
    Arbitrary<Long> numbers =
        Arbitraries.longs().between(-EventLimits.MAX_NUMBER, EventLimits.MAX_NUMBER);
    Arbitrary<Long> times = Arbitraries.longs().between(EventLimits.MIN_TIME, EventLimits.MAX_TIME);
    Arbitrary<Double> doubles = Arbitraries.doubles();
    return Combinators.combine(
            texts.filter(s -> s.charAt(0) != 0),
            times,
            times.injectNull(0.3),
            texts.injectNull(0.3),
            numbers.injectNull(0.3),
            numbers.injectNull(0.3),
            doubles.injectNull(0.3),
            texts.list().ofMinSize(1).ofMaxSize(4).injectNull(0.3))
        .as(
            (id, at, end, name, count, fare, lat, tags) -> {
              Event event = event(id, at);
              if (end != null) {
                event.setNumber(END, end);
              }
              if (name != null) {
                event.setText(NAME, name);
              }
              if (count != null) {
                event.setNumber(COUNT, count);
                event.setNumber(FLAG, count & 1);
              }
              if (fare != null) {
                event.setNumber(FARE, fare);
              }
              if (lat != null) {
                event.setDouble(LAT, lat);
              }
              if (tags != null) {
                event.setTexts(TAGS, tags);
              }
              return event;
            });
  }
}
