package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;

/** A map as an object, its keys as texts. An entry without a value is left out. */
final class MapNodes extends GroupConverter {
  private final Converter entries;
  private final Consumer<JsonNode> sink;
  private ObjectNode map = JsonNodeFactory.instance.objectNode();

  MapNodes(GroupType type, TextTally texts, Consumer<JsonNode> sink) {
    this.sink = sink;
    this.entries = new Entry(type.getType(0).asGroupType(), texts);
  }

  @Override
  public Converter getConverter(int member) {
    return entries;
  }

  @Override
  public void start() {
    map = JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void end() {
    sink.accept(map);
  }

  private final class Entry extends GroupConverter {
    private final Converter[] members;
    private String key = "";

    Entry(GroupType type, TextTally texts) {
      Converter keys = GroupNodes.of(type.getType(0), texts, node -> key = node.asText());
      this.members =
          type.getFieldCount() == 1
              ? new Converter[] {keys}
              : new Converter[] {
                keys, GroupNodes.of(type.getType(1), texts, value -> map.set(key, value))
              };
    }

    @Override
    public Converter getConverter(int member) {
      return members[member];
    }

    @Override
    public void start() {
      key = "";
    }

    @Override
    public void end() {}
  }
}
