package dev.tandem.streams.alert;

import dev.tandem.core.config.Nearest;
import dev.tandem.core.time.TimeRange;
import dev.tandem.streams.query.BadQueryException;
import dev.tandem.streams.query.QueryTimes;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which alerts are asked for.
 *
 * @param hours that they speak of
 * @param decision of this name only; empty: of all
 * @param openOnly those that hold now
 * @param state empty: either
 * @param limit at most so many
 */
public record AlertQuery(
    TimeRange hours,
    Optional<String> decision,
    boolean openOnly,
    Optional<AlertEntry.State> state,
    int limit) {
  private static final int DEFAULT = 100;
  private static final int MOST = 1_000;
  private static final Set<String> KNOWN = Set.of("from", "to", "decision", "state", "limit");
  private static final List<String> STATES = List.of("open", "raised", "cleared");

  /**
   * @param decisions names of the pipeline's
   * @throws BadQueryException at the first parameter that is wrong
   */
  public static AlertQuery parse(
      List<String> decisions, ZoneId zone, Map<String, List<String>> parameters) {
    for (String name : parameters.keySet()) {
      refuseUnknown("parameter", name, name, KNOWN);
    }
    Optional<String> decision = one(parameters, "decision");
    decision.ifPresent(name -> refuseUnknown("decision", "decision", name, decisions));
    Optional<String> state = one(parameters, "state");
    state.ifPresent(name -> refuseUnknown("state", "state", name, STATES));
    boolean open = state.filter("open"::equals).isPresent();
    return new AlertQuery(
        new QueryTimes(zone).range(one(parameters, "from"), one(parameters, "to")),
        decision,
        open,
        state
            .filter(name -> !open)
            .map(
                name -> name.equals("raised") ? AlertEntry.State.RAISED : AlertEntry.State.CLEARED),
        one(parameters, "limit").map(AlertQuery::limit).orElse(DEFAULT));
  }

  private static Optional<String> one(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new BadQueryException(name, name + " is given " + values.size() + " times");
    }
    return values.stream().findFirst();
  }

  private static void refuseUnknown(
      String what, String parameter, String name, java.util.Collection<String> known) {
    if (!known.contains(name)) {
      String there =
          known.isEmpty()
              ? ": there are none"
              : ": there are " + String.join(", ", known.stream().sorted().toList());
      throw new BadQueryException(
          parameter, "no %s %s%s%s".formatted(what, name, Nearest.hint(name, known), there));
    }
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text.strip());
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw new BadQueryException(
        "limit", "limit " + text + ": give a whole number from 1 to " + MOST);
  }

  boolean matches(AlertEntry alert) {
    return hours.contains(alert.hour())
        && decision.map(alert.decision()::equals).orElse(true)
        && state.map(s -> s == alert.state()).orElse(true);
  }
}
