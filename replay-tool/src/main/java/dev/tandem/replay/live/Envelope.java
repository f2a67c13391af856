package dev.tandem.replay.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.definition.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a stream says about a message, beside what the pipeline reads of it. */
final class Envelope {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<List<String>> cursor;
  private final Map<String, String> only;

  Envelope(Origin origin) {
    cursor = origin.cursor().map(c -> names(c.path()));
    only = origin.only();
  }

  /** A message with its place in the stream. What is no JSON object has none, and is wanted. */
  Message open(byte[] bytes, boolean cut) {
    if (cut || (cursor.isEmpty() && only.isEmpty())) {
      return new Message(bytes, cut, OptionalLong.empty(), true);
    }
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (IOException e) {
      return new Message(bytes, false, OptionalLong.empty(), true);
    }
    OptionalLong place = cursor.map(path -> number(at(root, path))).orElse(OptionalLong.empty());
    return new Message(bytes, false, place, !root.isObject() || isWanted(root));
  }

  private boolean isWanted(JsonNode root) {
    return only.entrySet().stream()
        .allMatch(e -> at(root, names(e.getKey())).asText().equals(e.getValue()));
  }

  private static OptionalLong number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong()
        ? OptionalLong.of(node.longValue())
        : OptionalLong.empty();
  }

  private static JsonNode at(JsonNode root, List<String> path) {
    JsonNode node = root;
    for (String name : path) {
      node = node.path(name);
    }
    return node;
  }

  private static List<String> names(String path) {
    return List.of(path.split("\\.", -1));
  }
}
