package dev.tandem.core.decision;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a subject stands in an hour.
 *
 * @param holds whether an alert would be raised now
 * @param over whether an alert that was raised would be cleared now; neither may be so
 * @param details asked for only when an alert is raised or cleared
 */
record Finding(
    boolean holds,
    boolean over,
    double value,
    double threshold,
    @Nullable Normal normal,
    Supplier<Details> details) {

  /** What an alert says beside its numbers. */
  record Details(String why, Optional<Alert.Suggestion> suggestion, List<Alert.Row> rows) {}
}
