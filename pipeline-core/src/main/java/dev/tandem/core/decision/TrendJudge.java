package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A subject with much more in this hour than in the hours before it. Right after the beginning
 * there are fewer hours to compare with; of the first {@value #LEAST_KNOWN} nothing can be said.
 */
final class TrendJudge implements Judge {
  private static final int LEAST_KNOWN = 6;

  private final Decision.Trend decision;

  TrendJudge(Decision.Trend decision) {
    this.decision = decision;
  }

  @Override
  public Collection<String> candidates(HourView view) {
    Collection<String> candidates = new TreeSet<>();
    if (view.knownBefore(decision.before()) < Math.min(LEAST_KNOWN, decision.before())) {
      return candidates;
    }
    long id = decision.aggregate().id();
    for (String subject : view.now().subjects(id)) {
      if (view.now().count(id, subject) >= decision.least()) {
        candidates.add(subject);
      }
    }
    return candidates;
  }

  @Override
  public Finding judge(HourView view, String subject, @Nullable Standing open) {
    long now = view.now().count(decision.aggregate().id(), subject);
    int before = view.knownBefore(decision.before());
    double average =
        before == 0 ? now : (double) view.sumBefore(decision.aggregate(), before, subject) / before;
    boolean enough = now >= decision.least();
    return new Finding(
        enough && now >= decision.factor() * average,
        !enough || now < decision.clear() * average,
        now,
        Math.max(decision.least(), decision.factor() * average),
        new Normal(average, Math.sqrt(average)),
        () ->
            new Finding.Details(
                "%d in this hour; %s an hour in the %d before"
                    .formatted(now, Texts.number(average), before),
                Optional.empty(),
                view.rows(decision.aggregate(), 1, subject)));
  }
}
