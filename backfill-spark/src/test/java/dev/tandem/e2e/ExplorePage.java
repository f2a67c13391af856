package dev.tandem.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of {@code docs/explore.md}: a query in SQL with the text it prints beneath. */
final class ExplorePage {
  private static final Pattern EXAMPLE =
      Pattern.compile("```sql\\n(.*?)\\n```\\n\\n```text\\n(.*?)\\n```", Pattern.DOTALL);

  record Example(String query, String output) {
    /** The values, row by row, cut where the line beneath the titles has its gaps. */
    List<List<String>> rows() {
      List<String> lines = output.lines().toList();
      List<int[]> columns = new ArrayList<>();
      Matcher dashes = Pattern.compile("-+").matcher(lines.get(1));
      while (dashes.find()) {
        columns.add(new int[] {dashes.start(), dashes.end()});
      }
      return lines.stream()
          .skip(2)
          .map(line -> columns.stream().map(column -> cell(line, column)).toList())
          .toList();
    }

    private static String cell(String line, int[] column) {
      int end = Math.min(column[1], line.length());
      return column[0] >= end ? "" : line.substring(column[0], end).strip();
    }
  }

  private ExplorePage() {}

  static List<Example> examples() throws IOException {
    Path page = Path.of(System.getProperty("tandem.home")).resolve("docs/explore.md");
    return EXAMPLE
        .matcher(Files.readString(page))
        .results()
        .map(found -> new Example(found.group(1), found.group(2)))
        .toList();
  }
}
