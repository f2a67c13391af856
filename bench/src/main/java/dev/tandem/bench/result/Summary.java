package dev.tandem.bench.result;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Medians of a workload by what was worked on and by engine, in the order of the first runs. */
public final class Summary {
  private final Map<String, Map<String, List<Run>>> byWork = new LinkedHashMap<>();

  private Summary() {}

  /** Of those runs that are of a workload. */
  public static Summary of(List<Run> runs, String workload) {
    Summary summary = new Summary();
    for (Run run : runs) {
      if (run.workload().equals(workload)) {
        summary
            .byWork
            .computeIfAbsent(run.work(), work -> new LinkedHashMap<>())
            .computeIfAbsent(run.engine(), engine -> new ArrayList<>())
            .add(run);
      }
    }
    return summary;
  }

  /** What engines were given, in the order of the first runs. */
  public List<String> works() {
    return List.copyOf(byWork.keySet());
  }

  /** The engines that were given it, with how often. */
  public Map<String, Integer> runs(String work) {
    Map<String, Integer> runs = new LinkedHashMap<>();
    byWork.getOrDefault(work, Map.of()).forEach((engine, all) -> runs.put(engine, all.size()));
    return runs;
  }

  /** Names of figures, sorted; phases are left to the results file. */
  public List<String> names(String work) {
    return byWork.getOrDefault(work, Map.of()).values().stream()
        .flatMap(List::stream)
        .flatMap(run -> run.figures().keySet().stream())
        .filter(name -> !name.startsWith(Run.PHASE))
        .distinct()
        .sorted()
        .toList();
  }

  /** A figure of each engine that has it. */
  public Map<String, Figures> figure(String work, String name) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    byWork
        .getOrDefault(work, Map.of())
        .forEach(
            (engine, runs) -> {
              List<Double> values =
                  runs.stream()
                      .filter(run -> run.figures().containsKey(name))
                      .map(run -> run.figures().get(name))
                      .toList();
              if (!values.isEmpty()) {
                figures.put(engine, Figures.of(values));
              }
            });
    return figures;
  }

  /** Prints a table a work: a line an engine, a column a figure (median and spread). */
  public void print(PrintWriter out) {
    works().forEach(work -> print(out, work));
    out.flush();
  }

  private void print(PrintWriter out, String work) {
    List<String> names = names(work);
    out.printf("%n%s%n%-16s %4s", work, "median (spread)", "runs");
    names.forEach(name -> out.printf(" %20s", name));
    out.println();
    runs(work)
        .forEach(
            (engine, runs) -> {
              out.printf("%-16s %4d", engine, runs);
              for (String name : names) {
                Figures figures = figure(work, name).get(engine);
                out.printf(" %20s", figures == null ? "" : text(figures));
              }
              out.println();
            });
  }

  private static String text(Figures figures) {
    String pattern = figures.median() < 100 ? "%,.2f" : "%,.0f";
    return String.format(Locale.ROOT, pattern, figures.median()) + figures.spreadText();
  }
}
