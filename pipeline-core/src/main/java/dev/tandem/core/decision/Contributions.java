package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Where an event counts among the aggregates that decisions look at. An event without a subject (a
 * trip that starts outside a station) counts nowhere. Not thread-safe.
 */
public final class Contributions {
  private final Collection<AggregateDefinition> aggregates;
  private final Hours hours;

  /** Of all aggregates that the pipeline's decisions look at. */
  public Contributions(PipelineDefinition pipeline) {
    aggregates = pipeline.decisions().aggregates();
    hours = new Hours(pipeline.zone());
  }

  /** Takes one contribution. */
  @FunctionalInterface
  public interface Output {
    /**
     * @param hour start of the hour, milliseconds since the epoch
     * @param subject the dimension's value, empty where the aggregate has no dimension
     */
    void count(long definitionId, long hour, String subject);
  }

  /** Passes each contribution of an event, once each. */
  public void forEach(Event event, Output output) {
    for (AggregateDefinition aggregate : aggregates) {
      if (event.has(aggregate.time())) {
        long hour = hours.of(event.number(aggregate.time()));
        subjects(aggregate, event).forEach(s -> output.count(aggregate.id(), hour, s));
      }
    }
  }

  List<Contribution> of(Event event) {
    List<Contribution> all = new ArrayList<>();
    forEach(event, (id, hour, subject) -> all.add(new Contribution(id, hour, subject)));
    return all;
  }

  private static List<String> subjects(AggregateDefinition aggregate, Event event) {
    if (aggregate.by().isEmpty()) {
      return List.of("");
    }
    Field by = aggregate.by().get(0);
    if (by.type() == FieldType.STRINGS) {
      return event.texts(by);
    }
    return event.has(by) ? List.of(Objects.requireNonNull(event.text(by))) : List.of();
  }
}
