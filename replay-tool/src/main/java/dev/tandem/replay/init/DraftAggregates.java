package dev.tandem.replay.init;

import dev.tandem.core.definition.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Metrics, aggregates and panels of a draft, as lines of its file. */
final class DraftAggregates {
  private final Draft draft;
  private final Optional<String> words;
  private final boolean days;
  private final String all;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param words the field with the words of a text
   */
  DraftAggregates(Draft draft, Optional<String> words) {
    this.draft = draft;
    this.words = words;
    this.days = draft.time().time().map(TimeGuess::days).orElse(false);
    this.all = days ? "events_daily" : "events_hourly";
  }

  List<String> lines() {
    List<String> filters =
        draft.dimensions().stream()
            .filter(d -> d.type() == FieldType.STRING)
            .map(DraftField::name)
            .toList();
    if (!filters.isEmpty()) {
      lines.add("# What the page shows.");
      lines.add("filters: [" + String.join(", ", filters) + "]");
    }
    panels();
    lines.add("");
    lines.add(
        "# What every aggregate keeps: how many events, and count, sum, least and most of"
            + " numbers.");
    lines.add("metrics:");
    lines.add("  events: count");
    draft.measures().forEach(m -> lines.add("  " + m.name() + ": stats"));
    lines.add("");
    lines.add("aggregates:");
    lines.add("  " + all + ":");
    lines.add("    window: " + (days ? "day" : "hour"));
    firstMeasure().ifPresent(m -> lines.add("    metrics: {" + withHistogram(m) + "}"));
    for (DraftField dimension : draft.dimensions()) {
      lines.add("  " + by(dimension) + ": {by: [" + dimension.name() + "], window: day}");
    }
    words.ifPresent(
        word ->
            lines.add(
                "  "
                    + word
                    + "s_daily: {by: ["
                    + word
                    + "], window: day, metrics: {events: count}}"));
    return lines;
  }

  private Optional<DraftField> firstMeasure() {
    return draft.measures().stream().findFirst();
  }

  private String withHistogram(DraftField measure) {
    return "events: count, "
        + draft.measures().stream().map(m -> m.name() + ": stats, ").collect(Collectors.joining())
        + spread(measure)
        + ": {histogram: "
        + measure.name()
        + "}";
  }

  private static String spread(DraftField measure) {
    return measure.name() + "_spread";
  }

  private static String by(DraftField dimension) {
    return "daily_by_" + dimension.name();
  }

  private void panels() {
    lines.add("panels:");
    panel("number", "Events", all, "events", "");
    for (DraftField measure : draft.measures()) {
      panel("number", "Average " + words(measure), all, measure.name() + ".avg", unit(measure));
    }
    panel("line", "Events over time", all, "events", "");
    if (!days) {
      panel("heatmap", "Events by weekday and hour", all, "events", "");
    }
    for (DraftField dimension : draft.dimensions()) {
      panel(
          "bars", "Top " + words(dimension), by(dimension), "events", ", by: " + dimension.name());
    }
    words.ifPresent(
        word -> panel("bars", "Top words", word + "s_daily", "events", ", by: " + word));
    firstMeasure()
        .ifPresent(m -> panel("distribution", "Spread of " + words(m), all, spread(m), unit(m)));
  }

  private void panel(String kind, String title, String aggregate, String metric, String more) {
    lines.add(
        "  - {kind: %s, title: %s, aggregate: %s, metric: %s%s}"
            .formatted(kind, Quoted.ifNeeded(title), aggregate, metric, more));
  }

  private static String unit(DraftField measure) {
    return measure.unit().isEmpty() ? "" : ", unit: " + measure.unit();
  }

  private static String words(DraftField field) {
    return field.name().replace('_', ' ');
  }
}
