package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * A list. Its one repeated member is a frame around each item, or, as old writers have it, the item
 * itself; which of the two is told as the format's specification (LogicalTypes.md, "Lists") says.
 */
final class ListNodes extends GroupConverter {
  private final Converter items;
  private final Consumer<JsonNode> sink;
  private ArrayNode list = JsonNodeFactory.instance.arrayNode();

  ListNodes(GroupType type, TextTally texts, Consumer<JsonNode> sink) {
    this.sink = sink;
    Type repeated = type.getType(0);
    this.items =
        isItem(type, repeated)
            ? GroupNodes.of(repeated, texts, item -> list.add(item))
            : new Frame(repeated.asGroupType(), texts);
  }

  private static boolean isItem(GroupType list, Type repeated) {
    if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1) {
      return true;
    }
    String name = repeated.getName();
    return name.equals("array") || name.equals(list.getName() + "_tuple");
  }

  @Override
  public Converter getConverter(int member) {
    return items;
  }

  @Override
  public void start() {
    list = JsonNodeFactory.instance.arrayNode();
  }

  @Override
  public void end() {
    sink.accept(list);
  }

  /** Around one item, or around none: a null in the list. */
  private final class Frame extends GroupConverter {
    private final Converter item;

    Frame(GroupType type, TextTally texts) {
      this.item = GroupNodes.of(type.getType(0), texts, value -> list.add(value));
    }

    @Override
    public Converter getConverter(int member) {
      return item;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
