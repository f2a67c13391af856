package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Holds an event as it was read against the limits of all outlier decisions. */
final class OutlierCheck {
  private static final double SECONDS_OF_HOUR = 3_600;

  private final List<Decision.Outlier> decisions;

  OutlierCheck(PipelineDefinition pipeline) {
    decisions =
        pipeline.decisions().all().stream()
            .filter(Decision.Outlier.class::isInstance)
            .map(Decision.Outlier.class::cast)
            .toList();
  }

  List<Outlying> of(Event asRead) {
    List<Outlying> found = List.of();
    for (Decision.Outlier decision : decisions) {
      double value = measure(decision.limit(), asRead);
      if (value > decision.limit().most()) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        String subject =
            decision
                .subject()
                .filter(asRead::has)
                .map(f -> Objects.requireNonNull(asRead.text(f)))
                .orElseGet(asRead::id);
        found.add(new Outlying(decision.name(), subject, asRead.id(), asRead.time(), value));
      }
    }
    return found;
  }

  /** Zero where a field is null: nothing can be said then. */
  private static double measure(Decision.Limit limit, Event event) {
    if (limit instanceof Decision.Limit.SecondsBetween between) {
      return event.has(between.from()) && event.has(between.to())
          ? (event.number(between.to()) - event.number(between.from())) / 1000.0
          : 0;
    }
    Decision.Limit.Speed speed = (Decision.Limit.Speed) limit;
    if (!event.has(speed.distance())
        || !event.has(speed.seconds())
        || event.number(speed.seconds()) <= 0) {
      return 0;
    }
    return unscaled(event, speed.distance()) / (event.number(speed.seconds()) / SECONDS_OF_HOUR);
  }

  private static double unscaled(Event event, Field field) {
    return event.number(field) / Math.pow(10, field.scale());
  }
}
