package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** A structure as an object. A repeated member without a list around it is a list all the same. */
final class GroupNodes extends GroupConverter {
  private final Converter[] members;
  private final Consumer<ObjectNode> sink;
  private ObjectNode object = JsonNodeFactory.instance.objectNode();

  GroupNodes(GroupType type, TextTally texts, Consumer<ObjectNode> sink) {
    this.sink = sink;
    this.members = new Converter[type.getFieldCount()];
    for (int i = 0; i < members.length; i++) {
      Type member = type.getType(i);
      String name = member.getName();
      members[i] =
          member.isRepetition(Type.Repetition.REPEATED)
              ? of(member, texts, value -> listOf(name).add(value))
              : of(member, texts, value -> object.set(name, value));
    }
  }

  private ArrayNode listOf(String member) {
    return object.get(member) instanceof ArrayNode list ? list : object.putArray(member);
  }

  /** The converter of one value of a type, repeated or not. */
  static Converter of(Type type, TextTally texts, Consumer<JsonNode> sink) {
    if (type.isPrimitive()) {
      return new ValueNodes(type.asPrimitiveType(), texts, sink);
    }
    GroupType group = type.asGroupType();
    if (type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
      return new ListNodes(group, texts, sink);
    }
    if (type.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
        || type.getLogicalTypeAnnotation() instanceof MapKeyValueTypeAnnotation) {
      return new MapNodes(group, texts, sink);
    }
    return new GroupNodes(group, texts, sink::accept);
  }

  @Override
  public Converter getConverter(int member) {
    return members[member];
  }

  @Override
  public void start() {
    object = JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void end() {
    sink.accept(object);
  }
}
