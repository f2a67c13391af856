package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;

/**
 * Numbers as JSON values. Zeros at the end of a fraction go, so that a whole number that lies in a
 * column of floating-point numbers (as where some rows have none) is a whole number again.
 */
final class Numbers {
  private Numbers() {}

  /** The shortest decimal number that is told from its neighbours; none for NaN and infinity. */
  static JsonNode ofFloatingPoint(Object raw) {
    return Double.isFinite(((Number) raw).doubleValue())
        ? shortest(new BigDecimal(raw.toString()))
        : Values.none();
  }

  static JsonNode ofUnscaled(long unscaled, int scale) {
    return shortest(BigDecimal.valueOf(unscaled, scale));
  }

  static JsonNode ofUnscaled(Binary unscaled, int scale) {
    return shortest(new BigDecimal(new BigInteger(unscaled.getBytesUnsafe()), scale));
  }

  static JsonNode ofUnsigned(long bits) {
    return BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(bits)));
  }

  static JsonNode ofUuid(Binary raw) {
    ByteBuffer bytes = raw.toByteBuffer();
    return TextNode.valueOf(new UUID(bytes.getLong(), bytes.getLong()).toString());
  }

  private static JsonNode shortest(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return DecimalNode.valueOf(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
  }
}
