package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often a decision fired. */
public final class AlertCounts {
  private final Decision decision;
  private final Map<String, Long> bySubject = new HashMap<>();
  private long raised;
  private long cleared;

  AlertCounts(Decision decision) {
    this.decision = decision;
  }

  void add(Alert alert) {
    if (alert.state() == Alert.State.RAISED) {
      raised++;
      bySubject.merge(alert.subject(), 1L, Long::sum);
    } else {
      cleared++;
    }
  }

  public Decision decision() {
    return decision;
  }

  public long raised() {
    return raised;
  }

  public long cleared() {
    return cleared;
  }

  /** How many subjects it was raised about. */
  public int subjects() {
    return bySubject.size();
  }

  /**
   * The subjects about which it was raised most often, with how often; ties by name.
   *
   * @param most how many
   */
  public List<Map.Entry<String, Long>> top(int most) {
    return bySubject.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }
}
