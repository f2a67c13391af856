package dev.tandem.streams.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The columns of an answer: window, dimensions, numbers, epoch.
 *
 * @param pointers where each column stands in a row of the answer
 */
record AnswerColumns(List<TextTable.Column> columns, List<List<String>> pointers) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final List<String> STATS = List.of("count", "sum", "min", "max", "avg");
  private static final List<String> HISTOGRAM = List.of("count", "p50", "p90", "p95", "p99");

  /**
   * @param definition of the aggregate, as the API gives it
   * @param by dimensions that were asked for, with commas; empty: all
   */
  static AnswerColumns of(JsonNode definition, Optional<String> by) {
    List<TextTable.Column> columns = new ArrayList<>();
    List<List<String>> pointers = new ArrayList<>();
    columns.add(new TextTable.Column("window", false));
    pointers.add(List.of("window"));
    List<String> kept = new ArrayList<>(texts(definition.path("by")));
    by.ifPresent(names -> kept.retainAll(Arrays.asList(names.strip().split("\\s*,\\s*"))));
    for (String dimension : kept) {
      columns.add(new TextTable.Column(dimension, false));
      pointers.add(List.of("key", dimension));
    }
    for (JsonNode metric : definition.path("metrics")) {
      String name = metric.path("name").asText();
      for (String part : parts(metric.path("kind").asText())) {
        columns.add(new TextTable.Column(part.isEmpty() ? name : name + "." + part, true));
        pointers.add(part.isEmpty() ? List.of(name) : List.of(name, part));
      }
    }
    columns.add(new TextTable.Column("epoch", true));
    pointers.add(List.of("epoch"));
    return new AnswerColumns(columns, pointers);
  }

  private static List<String> parts(String kind) {
    return switch (kind) {
      case "stats" -> STATS;
      case "histogram" -> HISTOGRAM;
      default -> List.of("");
    };
  }

  private static List<String> texts(JsonNode array) {
    Stream<JsonNode> nodes = StreamSupport.stream(array.spliterator(), false);
    return nodes.map(JsonNode::asText).toList();
  }

  /**
   * Prints the rows of an answer as they come.
   *
   * @return whether the answer is complete
   */
  boolean print(InputStream answer, RowPrinter printer) throws IOException {
    boolean complete = false;
    try (JsonParser json = JSON.createParser(answer)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("complete")) {
          complete = json.getBooleanValue();
        } else if (name.equals("rows") && value == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            JsonNode row = json.readValueAsTree();
            printer.row(pointers.stream().map(path -> cell(row, path)).toList());
          }
        }
      }
    }
    printer.end();
    return complete;
  }

  private static String cell(JsonNode row, List<String> path) {
    JsonNode node = row;
    for (String name : path) {
      node = node.path(name);
    }
    return node.isNull() || node.isMissingNode() ? "" : node.asText();
  }
}
