package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One decision with its judge and what it has said: an alert is raised once, cleared once, and not
 * raised again within the quiet time.
 */
final class AlertBook {
  private final Decision decision;
  private final Judge judge;
  private final TreeMap<String, Standing> standings = new TreeMap<>();
  private final Set<String> changed = new TreeSet<>();

  AlertBook(Decision decision) {
    this.decision = decision;
    this.judge = Judge.of(decision);
  }

  Decision decision() {
    return decision;
  }

  void restore(String subject, Standing standing) {
    standings.put(subject, standing);
  }

  long open() {
    return standings.values().stream().filter(Standing::open).count();
  }

  /** Passes the alerts of an hour, by subject. */
  void decide(HourView view, Consumer<Alert> output) {
    Collection<String> subjects = new TreeSet<>(judge.candidates(view));
    subjects.addAll(standings.keySet());
    for (String subject : subjects) {
      @Nullable Standing standing = standings.get(subject);
      boolean open = standing != null && standing.open();
      Finding finding = judge.judge(view, subject, open ? standing : null);
      if (standing != null && open) {
        decideOpen(view, subject, standing, finding, output);
      } else if (finding.holds() && !isQuiet(view, standing)) {
        Standing raised = new Standing(true, view.hour(), finding.value(), view.hour());
        put(subject, raised);
        output.accept(alert(view, subject, Alert.State.RAISED, raised, finding));
      } else if (standing != null && !isQuiet(view, standing)) {
        put(subject, null);
      }
    }
  }

  private void decideOpen(
      HourView view, String subject, Standing standing, Finding finding, Consumer<Alert> output) {
    if (finding.over()) {
      put(subject, standing.cleared());
      output.accept(alert(view, subject, Alert.State.CLEARED, standing, finding));
    } else if (finding.holds()) {
      put(subject, standing.stillHeldIn(view.hour()));
    }
  }

  private boolean isQuiet(HourView view, @Nullable Standing standing) {
    return standing != null && view.hour() - standing.raisedIn() < decision.quiet().toMillis();
  }

  private Alert alert(
      HourView view, String subject, Alert.State state, Standing standing, Finding finding) {
    Finding.Details details = finding.details().get();
    return new Alert(
        decision.name(),
        decision.kind(),
        state,
        subject,
        view.hour(),
        standing.raisedIn(),
        finding.value(),
        finding.normal(),
        finding.threshold(),
        details.why(),
        state == Alert.State.RAISED ? details.suggestion() : Optional.empty(),
        details.rows(),
        asksBaseline() ? view.baseline().map(Baseline::version).orElse(null) : null,
        decision.aggregates());
  }

  private boolean asksBaseline() {
    return decision instanceof Decision.Imbalance || decision instanceof Decision.Silence;
  }

  private void put(String subject, @Nullable Standing standing) {
    changed.add(subject);
    if (standing == null) {
      standings.remove(subject);
    } else {
      standings.put(subject, standing);
    }
  }

  /** Writes what has changed; {@code prefix} begins the keys. */
  void save(DecisionState store, byte prefix) {
    for (String subject : changed) {
      Standing standing = standings.get(subject);
      store.put(
          key(prefix, decision.name(), subject), standing == null ? null : standing.toBytes());
    }
    changed.clear();
  }

  /** Names have no zero byte. */
  private static byte[] key(byte prefix, String decision, String subject) {
    return ((char) prefix + decision + '\0' + subject).getBytes(StandardCharsets.UTF_8);
  }
}
