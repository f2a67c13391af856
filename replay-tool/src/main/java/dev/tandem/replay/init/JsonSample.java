package dev.tandem.replay.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.tandem.core.TandemException;
import dev.tandem.core.decode.TimeTexts;
import dev.tandem.core.definition.SourceFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first lines of a file that has a JSON object in each. */
final class JsonSample {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Deeper or more than these are of no use as fields. */
  private static final int MOST_DEPTH = 6;

  private static final int MOST_PATHS = 500;

  private final Map<String, List<String>> cells = new LinkedHashMap<>();
  private int rows;

  JsonSample() {}

  static Sample read(Path file, BufferedReader reader) throws IOException {
    JsonSample sample = new JsonSample();
    String line = reader.readLine();
    for (; line != null && sample.rows < Sample.MOST_ROWS; line = reader.readLine()) {
      sample.add(line);
    }
    if (sample.rows == 0) {
      throw TandemException.wrongUse(
          file + " has no JSON object in any line: write one a line, as jq -c does");
    }
    return new Sample(
        SourceFormat.Kind.JSON_LINES,
        SourceFormat.COMMA,
        sample.columns(),
        sample.rows,
        line == null);
  }

  int rows() {
    return rows;
  }

  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    cells.forEach(
        (path, values) -> {
          pad(values);
          columns.add(new Column(path, values));
        });
    return columns;
  }

  /** A line that is no object is none of the sample: a replay rejects it. */
  private void add(String line) {
    JsonNode root;
    try {
      root = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return;
    }
    if (root != null && root.isObject()) {
      add(root);
    }
  }

  void add(JsonNode object) {
    members("", object, 0);
    rows++;
  }

  private void members(String prefix, JsonNode object, int depth) {
    object
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              // A path has no way to write such a name.
              if (!name.isEmpty() && !name.contains(".") && !name.endsWith("[]")) {
                value(prefix + name, member.getValue(), depth);
              }
            });
  }

  private void value(String path, JsonNode node, int depth) {
    if (node.isObject() && depth < MOST_DEPTH) {
      members(path + ".", node, depth + 1);
    } else if (node.isArray() && depth < MOST_DEPTH) {
      node.forEach(item -> value(path + "[]", item, depth + 1));
    } else if (node.isValueNode()) {
      put(path, text(node));
    }
  }

  private static String text(JsonNode node) {
    if (node instanceof POJONode typed && typed.getPojo() instanceof TemporalAccessor time) {
      return TimeTexts.of(time);
    }
    return node.isNull() ? "" : node.asText().strip();
  }

  /** Of a list the first item stands for all. */
  private void put(String path, String text) {
    if (!cells.containsKey(path) && cells.size() == MOST_PATHS) {
      return;
    }
    List<String> column = cells.computeIfAbsent(path, p -> new ArrayList<>());
    pad(column);
    if (column.size() == rows) {
      column.add(text);
    }
  }

  private void pad(List<String> column) {
    while (column.size() < rows) {
      column.add("");
    }
  }
}
