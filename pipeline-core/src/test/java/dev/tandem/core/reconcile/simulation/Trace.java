package dev.tandem.core.reconcile.simulation;

import java.util.ArrayList;
import java.util.List;

/** The steps of a history in words, kept only when somebody will read them. */
final class Trace {
  private final boolean kept;
  private final List<String> steps = new ArrayList<>();

  Trace(boolean kept) {
    this.kept = kept;
  }

  boolean isKept() {
    return kept;
  }

  void add(String step, Object... arguments) {
    if (kept) {
      steps.add(steps.size() + ": " + step.formatted(arguments));
    }
  }

  List<String> steps() {
    return List.copyOf(steps);
  }
}
