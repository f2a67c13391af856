package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;

/** Hands on what a column holds; of a column with a dictionary each value is made only once. */
final class ValueNodes extends PrimitiveConverter {
  private final PrimitiveType type;
  private final Values values;
  private final TextTally texts;
  private final Consumer<JsonNode> sink;
  private Found[] dictionary = {};

  ValueNodes(PrimitiveType type, TextTally texts, Consumer<JsonNode> sink) {
    this.type = type;
    this.values = Values.of(type, texts);
    this.texts = texts;
    this.sink = sink;
  }

  /** A value and what it adds to the tally of texts. */
  private record Found(JsonNode node, int length, boolean isUtf8) {}

  private void put(JsonNode node) {
    if (!node.isMissingNode()) {
      sink.accept(node);
    }
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary all) {
    TextTally tally = new TextTally();
    Values read = Values.of(type, tally);
    dictionary = new Found[all.getMaxId() + 1];
    for (int id = 0; id < dictionary.length; id++) {
      tally.reset();
      JsonNode node = read.of(raw(all, id));
      dictionary[id] = new Found(node, (int) tally.bytes(), tally.isUtf8());
    }
  }

  private Object raw(Dictionary all, int id) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> all.decodeToInt(id);
      case INT64 -> all.decodeToLong(id);
      case FLOAT -> all.decodeToFloat(id);
      case DOUBLE -> all.decodeToDouble(id);
      case BOOLEAN -> all.decodeToBoolean(id);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> all.decodeToBinary(id);
    };
  }

  @Override
  public void addValueFromDictionary(int id) {
    Found found = dictionary[id];
    texts.add(found.length(), found.isUtf8());
    put(found.node());
  }

  @Override
  public void addBinary(Binary value) {
    put(values.of(value));
  }

  @Override
  public void addBoolean(boolean value) {
    put(values.of(value));
  }

  @Override
  public void addDouble(double value) {
    put(values.of(value));
  }

  @Override
  public void addFloat(float value) {
    put(values.of(value));
  }

  @Override
  public void addInt(int value) {
    put(values.of(value));
  }

  @Override
  public void addLong(long value) {
    put(values.of(value));
  }
}
