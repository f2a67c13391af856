package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A subject of which nothing comes although the baseline expects it. */
final class SilenceJudge implements Judge {
  private final Decision.Silence decision;

  SilenceJudge(Decision.Silence decision) {
    this.decision = decision;
  }

  @Override
  public Collection<String> candidates(HourView view) {
    return view.knownBefore(decision.hours() - 1) < decision.hours() - 1
        ? List.of()
        : view.baseline()
            .map(b -> (Collection<String>) new TreeSet<>(b.subjects(decision.aggregate())))
            .orElse(List.of());
  }

  /** Over when something came, and when the subject is no longer expected to have anything. */
  @Override
  public Finding judge(HourView view, String subject, @Nullable Standing open) {
    long came = view.sum(decision.aggregate(), decision.hours(), subject);
    Optional<Normal> normal =
        came > 0 && open == null
            ? Optional.empty()
            : view.normal(decision.aggregate(), decision.hours(), subject);
    boolean holds =
        came == 0 && normal.filter(n -> n.expected() >= decision.expected()).isPresent();
    return new Finding(
        holds,
        came > 0 || normal.isEmpty(),
        came,
        decision.expected(),
        normal.orElse(null),
        () -> details(view, subject, came, normal));
  }

  private Finding.Details details(
      HourView view, String subject, long came, Optional<Normal> normal) {
    String why =
        "%s of %s %s%s"
            .formatted(
                came == 0 ? "nothing" : came,
                decision.aggregate().name(),
                Texts.hours(decision.hours()),
                normal
                    .map(n -> "; usual are " + Texts.number(n.expected()))
                    .orElse("; none are expected any more"));
    return new Finding.Details(
        why, Optional.empty(), view.rows(decision.aggregate(), decision.hours(), subject));
  }
}
