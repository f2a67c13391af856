package dev.tandem.replay.init;

import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * A column of CSV, or a path of JSON, as far as a sample shows it.
 *
 * @param name as the file has it; of JSON with dots between names and {@code []} behind a list
 * @param cells one for each row of the sample, stripped, empty where there is nothing
 */
record Column(String name, List<String> cells) {
  /** How many characters of a text make it one that is read rather than counted. */
  private static final int LONG_TEXT = 40;

  Column {
    cells = List.copyOf(cells);
  }

  /** Whether it is a list of JSON. */
  boolean isList() {
    return name.endsWith("[]") || name.contains("[].");
  }

  List<String> values() {
    return cells.stream().filter(cell -> !cell.isEmpty()).toList();
  }

  /** Whether there is a value, and all of them are so. */
  boolean all(Predicate<String> condition) {
    List<String> values = values();
    return !values.isEmpty() && values.stream().allMatch(condition);
  }

  /** The share of rows that have a value, 0 to 1. */
  double filled() {
    return cells.isEmpty() ? 0 : (double) values().size() / cells.size();
  }

  int distinct() {
    return new HashSet<>(values()).size();
  }

  /** How many values have come before. */
  int repeated() {
    return values().size() - distinct();
  }

  /** Whether it looks like sentences. */
  boolean isProse() {
    List<String> values = values();
    double length = values.stream().mapToInt(String::length).average().orElse(0);
    boolean words = values.stream().filter(v -> v.contains(" ")).count() * 2 > values.size();
    return length > LONG_TEXT && words && distinct() * 2 > values.size();
  }
}
