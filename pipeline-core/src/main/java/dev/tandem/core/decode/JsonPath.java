package dev.tandem.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names with dots between them, {@code []} behind a list: {@code entities.hashtags[].text}. */
record JsonPath(List<Step> steps) {

  /** A member of an object; with {@code each}, all items of the list that it is. */
  record Step(String name, boolean each) {}

  static JsonPath parse(String path) {
    return new JsonPath(
        Arrays.stream(path.split("\\.", -1))
            .map(
                s ->
                    s.endsWith("[]")
                        ? new Step(s.substring(0, s.length() - 2), true)
                        : new Step(s, false))
            .toList());
  }

  /** A member of the root with that name, dots and all. */
  static JsonPath ofMember(String name) {
    return new JsonPath(List.of(new Step(name, false)));
  }

  /** The member of the root where it begins. */
  String first() {
    return steps.get(0).name();
  }

  /** Texts, numbers, booleans and times at the path, without texts that are blank. */
  List<JsonNode> values(JsonNode root) {
    List<JsonNode> values = new ArrayList<>();
    collect(root, 0, values);
    return values;
  }

  private void collect(JsonNode node, int depth, List<JsonNode> values) {
    if (depth == steps.size()) {
      if (node.isValueNode() && !node.isNull() && !(node.isTextual() && node.asText().isBlank())) {
        values.add(node);
      }
      return;
    }
    Step step = steps.get(depth);
    JsonNode child = node.path(step.name());
    if (!step.each()) {
      collect(child, depth + 1, values);
    } else if (child.isArray()) {
      child.forEach(item -> collect(item, depth + 1, values));
    }
  }
}
