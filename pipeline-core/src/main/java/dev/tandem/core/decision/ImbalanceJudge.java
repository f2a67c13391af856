package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A subject that fills up or runs empty. The suggestion is to move what is needed to or from the
 * nearest subject that stands the other way, as many as both can use.
 */
final class ImbalanceJudge implements Judge {
  private final Decision.Imbalance decision;

  ImbalanceJudge(Decision.Imbalance decision) {
    this.decision = decision;
  }

  @Override
  public Collection<String> candidates(HourView view) {
    Set<String> subjects = new TreeSet<>(view.subjects(decision.in(), decision.hours()));
    subjects.addAll(view.subjects(decision.out(), decision.hours()));
    return subjects;
  }

  @Override
  public Finding judge(HourView view, String subject, @Nullable Standing open) {
    double net = net(view, subject);
    Optional<Normal> usual = usual(view, subject);
    boolean holds =
        Math.abs(net) >= decision.threshold()
            && usual.filter(u -> !u.isBeyond(net, decision.beyondNormal().orElse(0))).isEmpty();
    boolean over =
        open != null && net * Math.signum(open.value()) < Math.max(decision.clear(), 0.5);
    return new Finding(
        holds,
        over,
        net,
        decision.threshold(),
        usual.orElse(null),
        () -> details(view, subject, net, usual));
  }

  private double net(HourView view, String subject) {
    return (double) view.sum(decision.in(), decision.hours(), subject)
        - view.sum(decision.out(), decision.hours(), subject);
  }

  /** Empty where it is not asked for, or the baseline knows nothing of the subject. */
  private Optional<Normal> usual(HourView view, String subject) {
    if (decision.beyondNormal().isEmpty()) {
      return Optional.empty();
    }
    Optional<Normal> in = view.normal(decision.in(), decision.hours(), subject);
    Optional<Normal> out = view.normal(decision.out(), decision.hours(), subject);
    return in.isEmpty() && out.isEmpty()
        ? Optional.empty()
        : Optional.of(in.orElse(Normal.NOTHING).minus(out.orElse(Normal.NOTHING)));
  }

  private Finding.Details details(
      HourView view, String subject, double net, Optional<Normal> usual) {
    String why =
        "%s more %s %s%s"
            .formatted(
                Texts.number(Math.abs(net)),
                net >= 0 ? "came than left" : "left than came",
                Texts.hours(decision.hours()),
                usual
                    .map(
                        u ->
                            "; usual at this time is %s ± %s"
                                .formatted(Texts.number(u.expected()), Texts.number(u.spread())))
                    .orElse(""));
    List<Alert.Row> rows = new ArrayList<>(view.rows(decision.in(), decision.hours(), subject));
    rows.addAll(view.rows(decision.out(), decision.hours(), subject));
    return new Finding.Details(why, suggestion(view, subject, net), rows);
  }

  private Optional<Alert.Suggestion> suggestion(HourView view, String subject, double net) {
    if (net == 0) {
      return Optional.empty();
    }
    Optional<Place> here = view.baseline().flatMap(b -> b.place(subject));
    @Nullable String partner = null;
    @Nullable Double distance = null;
    double partnersNet = 0;
    for (String other : candidates(view)) {
      double others = net(view, other);
      if (others * Math.signum(net) <= -Math.max(1, decision.clear() / 2)) {
        Optional<Double> way =
            here.flatMap(
                from -> view.baseline().flatMap(b -> b.place(other)).map(from::kilometresTo));
        if (partner == null || isBetter(way.orElse(null), others, distance, partnersNet)) {
          partner = other;
          distance = way.orElse(null);
          partnersNet = others;
        }
      }
    }
    double useful =
        partner == null ? Math.abs(net) : Math.min(Math.abs(net), Math.abs(partnersNet));
    return Optional.of(
        new Alert.Suggestion(
            net > 0 ? Alert.Action.TAKE_FROM : Alert.Action.BRING_TO,
            Math.round(useful),
            partner,
            distance));
  }

  /** The nearer one; where places are not known the one that stands further the other way. */
  private static boolean isBetter(
      @Nullable Double way, double net, @Nullable Double bestWay, double bestNet) {
    if (way != null && bestWay != null) {
      return way < bestWay;
    }
    return way != null || (bestWay == null && Math.abs(net) > Math.abs(bestNet));
  }
}
