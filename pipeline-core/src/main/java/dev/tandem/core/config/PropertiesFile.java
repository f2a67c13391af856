package dev.tandem.core.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A {@code .properties} file (UTF-8) that knows on which line each key stands. Escapes and
 * continued lines mean what {@link Properties} makes of them; a key given twice is refused.
 */
final class PropertiesFile {

  /** A value and the line, counted from 1, on which its key stands. */
  record Entry(String value, int line) {}

  private PropertiesFile() {}

  /**
   * Its entries in the order of the file; none when there is no such file.
   *
   * @param problems takes a key that stands twice, and why it cannot be read
   */
  static Map<String, Entry> read(Path file, Problems problems) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8), problems);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("Cannot read %s: %s: correct or remove it".formatted(file, e.getMessage()));
      return Map.of();
    }
  }

  private static Map<String, Entry> parse(Path file, List<String> lines, Problems problems)
      throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int first = i;
      StringBuilder logical = new StringBuilder(lines.get(i));
      while (isContinued(lines.get(i)) && !isComment(lines.get(first)) && i + 1 < lines.size()) {
        logical.append('\n').append(lines.get(++i));
      }
      Properties one = new Properties();
      one.load(new StringReader(logical.toString()));
      for (String key : one.stringPropertyNames()) {
        Entry earlier = entries.put(key, new Entry(one.getProperty(key), first + 1));
        if (earlier != null) {
          problems.add(
              "%s:%d: %s stands already on line %d: keep one of them"
                  .formatted(file, first + 1, key, earlier.line()));
        }
      }
    }
    return entries;
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("!");
  }

  /** A line goes on where an odd number of backslashes ends it. */
  private static boolean isContinued(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }
}
