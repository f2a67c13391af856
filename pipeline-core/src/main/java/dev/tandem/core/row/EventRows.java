package dev.tandem.core.row;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.time.CalendarWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rows an event counts in: the one place that says so, for every engine. Not thread-safe (it
 * keeps a calendar and a key that is being built): one a thread.
 */
public final class EventRows {
  private final List<Target> targets = new ArrayList<>();
  private final CalendarWindows calendar;
  private final RowKey.Builder key = new RowKey.Builder();

  /** Of all aggregates of a pipeline. */
  public EventRows(PipelineDefinition pipeline) {
    calendar = new CalendarWindows(pipeline.zone());
    for (AggregateDefinition aggregate : pipeline.aggregates()) {
      targets.add(
          new Target(
              aggregate,
              aggregate.by().toArray(Field[]::new),
              Optional.of(new RowLayout(aggregate)),
              multiple(aggregate)));
    }
  }

  private static Optional<Field> multiple(AggregateDefinition aggregate) {
    return aggregate.by().stream().filter(f -> f.type() == FieldType.STRINGS).findFirst();
  }

  /** Takes one row of an event. */
  @FunctionalInterface
  public interface RowConsumer {
    /**
     * @param layout of the row's aggregate
     * @param windowStart milliseconds since the epoch, as in the key
     */
    void row(RowLayout layout, RowKey key, long windowStart);
  }

  /**
   * Passes each row of an event, once each. An aggregate whose time is null has none; a
   * multi-valued dimension gives one a distinct value, none when it is empty.
   *
   * @param event rules applied
   */
  public void forEach(Event event, RowConsumer consumer) {
    for (int i = 0; i < targets.size(); i++) {
      Target t = targets.get(i);
      if (!event.has(t.aggregate.time())) {
        continue;
      }
      RowLayout layout = t.layout.get();
      long window = calendar.start(t.aggregate.window(), event.number(t.aggregate.time()));
      if (t.multiple.isEmpty()) {
        key.start(t.aggregate.id(), window);
        for (Field f : t.by) {
          add(event, f);
        }
        consumer.row(layout, key.build(), window);
      } else {
        for (String value : event.texts(t.multiple.get())) {
          key.start(t.aggregate.id(), window);
          for (Field f : t.by) {
            if (f.type() == FieldType.STRINGS) {
              key.addText(value);
            } else {
              add(event, f);
            }
          }
          consumer.row(layout, key.build(), window);
        }
      }
    }
  }

  private void add(Event event, Field field) {
    if (field.type() == FieldType.STRING) {
      key.addText(event.text(field));
    } else {
      key.addNumber(field, event.has(field), event.number(field));
    }
  }

  /** The layout of a definition's rows; empty when the pipeline does not have it (any more). */
  public Optional<RowLayout> layout(long definitionId) {
    for (int i = 0; i < targets.size(); i++) {
      Target t = targets.get(i);
      if (t.aggregate.id() == definitionId) {
        return t.layout;
      }
    }
    return Optional.empty();
  }

  /** Ids of all aggregates. */
  public Set<Long> definitions() {
    return targets.stream().map(t -> t.aggregate.id()).collect(Collectors.toUnmodifiableSet());
  }

  private record Target(
      AggregateDefinition aggregate,
      Field[] by,
      Optional<RowLayout> layout,
      Optional<Field> multiple) {}
}
