package dev.tandem.bench.result;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All runs of a results file as a page of Markdown: for each workload on each processor and each
 * work, a table with the median, the spread and the ratio to the first engine, and charts in
 * Mermaid's language, which GitHub, GitLab and most editors draw.
 */
public final class Report {
  /** What counts in a workload; the others only explain it. */
  private static final Map<String, List<String>> HEADLINES =
      Map.of(
          "stream", List.of("events_per_s"),
          "growth", List.of("event_us", "peak_mb"),
          "latency", List.of("p50_ms", "p99_ms"),
          "backfill", List.of("work_s"),
          "replay", List.of("events_per_s"),
          "restore", List.of("restart_s", "killed_s", "lost_s"),
          "query", List.of("top10_p99_ms", "station_p99_ms", "clients50_p99_ms"),
          "loops", List.of("ns"));

  private final List<Run> runs;
  private final StringBuilder page = new StringBuilder();

  private Report(List<Run> runs) {
    this.runs = runs;
  }

  /**
   * The page.
   *
   * @param runs at least one
   */
  public static String of(List<Run> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("no runs");
    }
    Report report = new Report(runs);
    report.write();
    return report.page.toString();
  }

  private void write() {
    line("# Benchmarks");
    line(
        "Medians; in brackets how far apart the runs lie, (most - least) / median; behind × how"
            + " many times the first engine's. What engines and figures are:"
            + " [bench/README.md](../bench/README.md).");
    line("");
    for (String machine : distinct(runs, run -> machine(run.machine()))) {
      line("Machine: " + machine + ".");
    }
    for (String workload : distinct(runs, Run::workload)) {
      List<Run> of = runs.stream().filter(run -> run.workload().equals(workload)).toList();
      for (String cpu : distinct(of, run -> run.machine().cpu())) {
        section(workload, cpu, of.stream().filter(r -> r.machine().cpu().equals(cpu)).toList());
      }
    }
  }

  private static String machine(Machine machine) {
    return "%d cores of %s, %,d MB, Java %s, %s"
        .formatted(machine.cores(), machine.cpu(), machine.memoryMb(), machine.jdk(), machine.os());
  }

  /** What was measured on one processor is not compared with what was on another. */
  private void section(String workload, String cpu, List<Run> of) {
    line("");
    line("## " + workload + ", " + cpu);
    for (String command : distinct(of, Run::command)) {
      line("    " + command);
    }
    line("");
    line(
        "%s; of commit %s."
            .formatted(days(of), String.join(", ", distinct(of, run -> run.machine().commit()))));
    Summary summary = Summary.of(of, workload);
    List<String> works = summary.works();
    List<String> headlines = HEADLINES.getOrDefault(workload, List.of());
    works.forEach(work -> table(summary, headlines, work));
    for (String figure : headlines) {
      works.forEach(work -> chart(figure + ", " + work, summary.figure(work, figure)));
      Map<String, Figures> ofFirst = new LinkedHashMap<>();
      works.forEach(
          work ->
              summary.figure(work, figure).values().stream()
                  .findFirst()
                  .ifPresent(figures -> ofFirst.put(work, figures)));
      chart(figure + " by what was worked on", ofFirst);
    }
  }

  private static String days(List<Run> of) {
    List<LocalDate> days = of.stream().map(Run::at).map(Report::day).distinct().sorted().toList();
    LocalDate last = days.get(days.size() - 1);
    return days.size() == 1 ? last.toString() : days.get(0) + " to " + last;
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private void table(Summary summary, List<String> headlines, String work) {
    Map<String, Map<String, Figures>> columns = new LinkedHashMap<>();
    headlines.forEach(name -> columns.put(name, summary.figure(work, name)));
    summary.names(work).forEach(name -> columns.putIfAbsent(name, summary.figure(work, name)));
    columns.values().removeIf(Map::isEmpty);
    line("");
    line("| " + work + " | runs | " + String.join(" | ", columns.keySet()) + " |");
    line("| --- | ---: |" + " ---: |".repeat(columns.size()));
    summary
        .runs(work)
        .forEach(
            (engine, count) -> {
              List<String> cells = new ArrayList<>();
              columns.forEach(
                  (name, figures) -> cells.add(cell(figures, engine, headlines.contains(name))));
              line("| " + engine + " | " + count + " | " + String.join(" | ", cells) + " |");
            });
  }

  private static String cell(Map<String, Figures> figures, String engine, boolean ratio) {
    Figures of = figures.get(engine);
    if (of == null) {
      return "";
    }
    String text = number(of.median()) + of.spreadText();
    double first = figures.values().iterator().next().median();
    return ratio && figures.size() > 1 && first > 0
        ? "%s × %s".formatted(text, number(of.median() / first))
        : text;
  }

  private void chart(String title, Map<String, Figures> bars) {
    if (bars.size() < 2) {
      return;
    }
    line("");
    line("```mermaid");
    line("xychart-beta");
    line("  title \"" + title + "\"");
    line(
        "  x-axis ["
            + bars.keySet().stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "))
            + "]");
    line(
        "  bar ["
            + bars.values().stream()
                .map(figures -> String.format(Locale.ROOT, "%.2f", figures.median()))
                .collect(Collectors.joining(", "))
            + "]");
    line("```");
  }

  /** Three digits that say something, and no more places than that. */
  private static String number(double value) {
    String pattern = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, pattern, value);
  }

  private static <T> Set<String> distinct(List<T> all, Function<T, String> text) {
    return all.stream().map(text).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
