package dev.tandem.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that a misspelt one most likely meant, by Damerau-Levenshtein distance (optimal
 * string alignment: a swap of two neighbours counts as one edit), ignoring case.
 */
public final class Nearest {

  private Nearest() {}

  /**
   * The nearest of {@code known}, or empty when nothing is near: more than a third of the name, and
   * more than two letters, would have to change. Of equally near names the alphabetically first.
   */
  public static Optional<String> to(String name, Collection<String> known) {
    int limit = Math.max(2, name.length() / 3);
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(
            candidate ->
                distance(name, candidate) <= Math.min(limit, Math.max(name.length(), 2) - 1));
  }

  /** As {@link #to}, but no more than {@code edits} away. */
  public static Optional<String> within(int edits, String name, Collection<String> known) {
    return to(name, known).filter(candidate -> distance(name, candidate) <= edits);
  }

  /**
   * {@code " (did you mean X?)"}, or nothing when no known name is near: an ending for messages.
   */
  public static String hint(String name, Collection<String> known) {
    return to(name, known).map(nearest -> " (did you mean " + nearest + "?)").orElse("");
  }

  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
