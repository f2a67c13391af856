package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Decision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision about a subject was raised or cleared. It holds nothing of the wall clock: the same
 * history decided against the same baseline gives equal alerts.
 *
 * @param subject empty when it is the whole pipeline
 * @param hour start of the hour whose events decided it, milliseconds since the epoch
 * @param raisedIn the hour in which it was raised; with decision and subject it names the alert
 * @param value what was found
 * @param normal what is normal, null where the decision does not ask or nothing is known
 * @param threshold what the value was held against
 * @param why for a human
 * @param rows that it rests on
 * @param baseline version that {@code normal} is from, null where none was asked
 */
public record Alert(
    String decision,
    Decision.Kind kind,
    State state,
    String subject,
    long hour,
    long raisedIn,
    double value,
    @Nullable Normal normal,
    double threshold,
    String why,
    Optional<Suggestion> suggestion,
    List<Row> rows,
    @Nullable String baseline,
    List<AggregateDefinition> definitions) {
  public Alert {
    rows = List.copyOf(rows);
    definitions = List.copyOf(definitions);
  }

  /** Each alert is raised once, and cleared once. */
  public enum State {
    RAISED,
    CLEARED
  }

  /** A row of an aggregate, by its key. */
  public record Row(AggregateDefinition aggregate, long window, String subject) {}

  /**
   * What to do about too many or too few.
   *
   * @param count how many to move
   * @param partner the nearest subject of the opposite kind, null when there is none
   * @param distanceKm to the partner, null where places are not known
   */
  public record Suggestion(
      Action action, long count, @Nullable String partner, @Nullable Double distanceKm) {}

  /** Too many came, or too many left. */
  public enum Action {
    TAKE_FROM,
    BRING_TO
  }
}
