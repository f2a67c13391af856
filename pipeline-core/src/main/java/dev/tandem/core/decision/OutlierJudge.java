package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A subject that had an event which cannot be; over when it had none for the quiet time. */
final class OutlierJudge implements Judge {
  private final Decision.Outlier decision;

  OutlierJudge(Decision.Outlier decision) {
    this.decision = decision;
  }

  @Override
  public Collection<String> candidates(HourView view) {
    Collection<String> subjects = new TreeSet<>();
    for (Outlying outlying : view.now().outliers()) {
      if (outlying.decision().equals(decision.name())) {
        subjects.add(outlying.subject());
      }
    }
    return subjects;
  }

  @Override
  public Finding judge(HourView view, String subject, @Nullable Standing open) {
    List<Outlying> found =
        view.now().outliers().stream()
            .filter(o -> o.decision().equals(decision.name()) && o.subject().equals(subject))
            .toList();
    double largest = found.stream().mapToDouble(Outlying::value).max().orElse(0);
    boolean over =
        found.isEmpty()
            && open != null
            && view.hour() - open.heldIn() >= decision.quiet().toMillis();
    return new Finding(
        !found.isEmpty(),
        over,
        largest,
        decision.limit().most(),
        null,
        () -> new Finding.Details(why(found), Optional.empty(), List.of()));
  }

  private String why(List<Outlying> found) {
    if (found.isEmpty()) {
      return "none for " + decision.quiet().toHours() + " hours";
    }
    Outlying first = found.get(0);
    String event = "event " + first.eventId();
    double most = decision.limit().most();
    if (decision.limit() instanceof Decision.Limit.SecondsBetween between) {
      return "%s: %s from %s to %s; at most %s"
          .formatted(
              event, time(first.value()), between.from().name(), between.to().name(), time(most));
    }
    return "%s: %s an hour, by %s; at most %s"
        .formatted(
            event,
            Texts.number(first.value()),
            ((Decision.Limit.Speed) decision.limit()).distance().name(),
            Texts.number(most));
  }

  private static String time(double seconds) {
    Duration duration = Duration.ofSeconds((long) seconds);
    return duration.toDays() > 2 ? duration.toDays() + " days" : duration.toHours() + " hours";
  }
}
