package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.core.event.Utf8;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** What a column of a type holds, as a JSON value; a missing node stands for none. */
@FunctionalInterface
interface Values {
  /**
   * @param raw as the library gives it: a boxed number, a boolean, or a {@link Binary}
   */
  JsonNode of(Object raw);

  /**
   * @param texts told of each text
   */
  static Values of(PrimitiveType type, TextTally texts) {
    @Nullable LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> raw -> BooleanNode.valueOf((boolean) raw);
      case FLOAT, DOUBLE -> Numbers::ofFloatingPoint;
      case INT96 -> raw -> Times.ofInt96((Binary) raw);
      case INT32 -> ofInt(meaning);
      case INT64 -> ofLong(meaning);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBinary(meaning, texts);
    };
  }

  private static Values ofInt(@Nullable LogicalTypeAnnotation meaning) {
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return raw -> Times.ofDay((int) raw);
    } else if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return raw -> LongNode.valueOf(Integer.toUnsignedLong((int) raw));
    }
    Values number = ofLong(meaning);
    return raw -> number.of((long) (int) raw);
  }

  private static Values ofLong(@Nullable LogicalTypeAnnotation meaning) {
    if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      return raw -> Times.ofTimestamp((long) raw, timestamp);
    } else if (meaning instanceof TimeLogicalTypeAnnotation time) {
      return raw -> Times.ofTime((long) raw, time.getUnit());
    } else if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return raw -> Numbers.ofUnscaled((long) raw, decimal.getScale());
    } else if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return raw -> Numbers.ofUnsigned((long) raw);
    }
    return raw -> LongNode.valueOf((long) raw);
  }

  private static Values ofBinary(@Nullable LogicalTypeAnnotation meaning, TextTally texts) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return raw -> Numbers.ofUnscaled((Binary) raw, decimal.getScale());
    } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
      return raw -> Numbers.ofUuid((Binary) raw);
    } else if (meaning instanceof IntervalLogicalTypeAnnotation) {
      return raw -> Times.ofInterval((Binary) raw);
    }
    // Old writers do not say of a text that it is one.
    boolean mayBeBytes = meaning == null || meaning instanceof BsonLogicalTypeAnnotation;
    return raw -> text((Binary) raw, mayBeBytes, texts);
  }

  private static JsonNode text(Binary raw, boolean mayBeBytes, TextTally texts) {
    byte[] bytes = raw.getBytesUnsafe();
    boolean isUtf8 = Utf8.isValid(bytes, 0, bytes.length);
    if (mayBeBytes && !isUtf8) {
      texts.add(bytes.length, true);
      return BinaryNode.valueOf(bytes.clone());
    }
    texts.add(bytes.length, isUtf8);
    return TextNode.valueOf(raw.toStringUsingUTF8());
  }

  /** No value. */
  static JsonNode none() {
    return MissingNode.getInstance();
  }
}
