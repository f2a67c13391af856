package dev.tandem.replay.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** Puts values at paths of an object: dots between names, {@code []} behind a list. */
final class JsonRow {
  private static final String LIST = "[]";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode root = NODES.objectNode();

  ObjectNode root() {
    return root;
  }

  /**
   * @param value as {@link Filler} gives it; an empty text leaves the path out
   */
  void put(String path, Object value) {
    if (value.equals("")) {
      return;
    }
    int list = path.indexOf(LIST);
    if (list < 0) {
      parent(path).set(last(path), leaf(value));
      return;
    }
    String inside = path.substring(Math.min(path.length(), list + LIST.length() + 1));
    List<?> values = value instanceof List<?> several ? several : List.of(value);
    String before = path.substring(0, list);
    ArrayNode array = parent(before).putArray(last(before));
    for (Object each : values) {
      if (inside.isEmpty()) {
        array.add(leaf(each));
      } else {
        JsonRow element = new JsonRow();
        element.put(inside, each);
        array.add(element.root);
      }
    }
  }

  private ObjectNode parent(String path) {
    ObjectNode at = root;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      at = at.withObjectProperty(names[i]);
    }
    return at;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static JsonNode leaf(Object value) {
    if (value instanceof Long number) {
      return NODES.numberNode(number);
    } else if (value instanceof Double number) {
      return NODES.numberNode(number);
    } else if (value instanceof BigDecimal number) {
      return NODES.numberNode(number);
    } else if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    } else if (value instanceof List<?> texts) {
      ArrayNode array = NODES.arrayNode();
      texts.forEach(t -> array.add(leaf(t)));
      return array;
    }
    return NODES.textNode(value.toString());
  }
}
