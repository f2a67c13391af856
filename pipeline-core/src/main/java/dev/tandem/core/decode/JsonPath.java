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

  /** Texts, numbers and booleans at the path, stripped, without empty ones. */
  List<String> texts(JsonNode root) {
    List<String> texts = new ArrayList<>();
    collect(root, 0, texts);
    return texts;
  }

  private void collect(JsonNode node, int depth, List<String> texts) {
    if (depth == steps.size()) {
      String text = node.isValueNode() && !node.isNull() ? node.asText().strip() : "";
      if (!text.isEmpty()) {
        texts.add(text);
      }
      return;
    }
    Step step = steps.get(depth);
    JsonNode child = node.path(step.name());
    if (!step.each()) {
      collect(child, depth + 1, texts);
    } else if (child.isArray()) {
      child.forEach(item -> collect(item, depth + 1, texts));
    }
  }
}
