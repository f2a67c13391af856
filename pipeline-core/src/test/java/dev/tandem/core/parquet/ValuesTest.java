package dev.tandem.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that DuckDB does not write, or that go beyond what may be. */
class ValuesTest {

  private static GroupType group(String field) {
    return MessageTypeParser.parseMessageType("message m { " + field + " }");
  }

  private static JsonNode value(String type, Object raw) {
    return Values.of(group("required " + type + ";").getType(0).asPrimitiveType(), new TextTally())
        .of(raw);
  }

  private static Object pojo(JsonNode node) {
    return ((POJONode) node).getPojo();
  }

  private static Binary littleEndian(long first, int second) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(first).putInt(second).flip();
    return Binary.fromConstantByteBuffer(bytes);
  }

  /** Julian day 2,458,001 begins at noon of 2017-09-04. */
  @Test
  void shouldReadInt96AsAnInstant() {
    assertThat(pojo(value("int96 t", littleEndian(3_600_000_000_001L, 2_458_001))))
        .isEqualTo(Instant.parse("2017-09-04T01:00:00.000000001Z"));
  }

  @ParameterizedTest
  @CsvSource({"MILLIS,-1,1969-12-31T23:59:59.999Z", "MICROS,1,1970-01-01T00:00:00.000001Z"})
  void shouldReadTimestampsOfEachUnitAlsoBefore1970(String unit, long raw, String expected) {
    assertThat(pojo(value("int64 t (TIMESTAMP(" + unit + ",true))", raw)))
        .isEqualTo(Instant.parse(expected));
    assertThat(pojo(value("int64 t (TIMESTAMP(" + unit + ",false))", raw)))
        .isEqualTo(LocalDateTime.parse(expected.replace("Z", "")));
  }

  @Test
  void shouldLeaveOutATimeBeyondTheDay() {
    assertThat(pojo(value("int64 t (TIME(MICROS,true))", 61_000_000L)))
        .isEqualTo(LocalTime.of(0, 1, 1));
    assertThat(value("int64 t (TIME(MICROS,true))", 86_400_000_000L).isMissingNode()).isTrue();
  }

  @Test
  void shouldReadAnIntervalAsHoursUnlessItHasMonths() {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0).putInt(2).putInt(3_723_000).flip();
    String type = "fixed_len_byte_array(12) d (INTERVAL)";
    assertThat(value(type, Binary.fromConstantByteBuffer(bytes)).asText()).isEqualTo("49:02:03");
    assertThat(value(type, littleEndian(1, 0)).isMissingNode()).isTrue();
  }

  @Test
  void shouldReadNumbersExactly() {
    assertThat(value("int64 n (INTEGER(64,false))", -1L).asText())
        .isEqualTo("18446744073709551615");
    assertThat(value("int32 n (INTEGER(32,false))", -1).asText()).isEqualTo("4294967295");
    assertThat(value("int32 n (DECIMAL(9,2))", 250).asText()).isEqualTo("2.5");
    Binary unscaled = Binary.fromConstantByteArray(new byte[] {(byte) 0xff, 0x38});
    assertThat(value("binary n (DECIMAL(20,2))", unscaled).asText()).isEqualTo("-2");
    assertThat(value("float n", 0.1f).asText()).isEqualTo("0.1");
    assertThat(value("double n", 6072e3).asText()).isEqualTo("6072000");
    assertThat(value("double n", Double.NaN).isMissingNode()).isTrue();
  }

  @Test
  void shouldTellATextThatIsNotUtf8FromBytes() {
    Binary half = Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xc3});
    TextTally texts = new TextTally();
    Values.of(group("required binary s (STRING);").getType(0).asPrimitiveType(), texts).of(half);
    assertThat(texts.isUtf8()).isFalse();
    texts.reset();
    Values.of(group("required binary s;").getType(0).asPrimitiveType(), texts).of(half);
    assertThat(texts.isUtf8()).isTrue();
    assertThat(texts.bytes()).isEqualTo(2);
  }

  /** The item in a frame, as today; without one, as Hive, Thrift and Avro had it once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "optional group tags (LIST) { repeated group list { optional int32 element; } }",
        "optional group tags (LIST) { repeated int32 element; }",
        "repeated int32 tags;"
      })
  void shouldReadListsOfEveryKind(String field) {
    List<JsonNode> rows = new ArrayList<>();
    GroupNodes row = new GroupNodes(group(field), new TextTally(), rows::add);
    row.start();
    Converter list = row.getConverter(0);
    for (int i = 1; i <= 2; i++) {
      put(list, i, i == 1, i == 2);
    }
    row.end();
    assertThat((ArrayNode) rows.get(0).get("tags"))
        .extracting(JsonNode::asInt)
        .containsExactly(1, 2);
  }

  private static void put(Converter to, int value, boolean first, boolean last) {
    if (to.isPrimitive()) {
      to.asPrimitiveConverter().addInt(value);
      return;
    }
    GroupConverter group = to.asGroupConverter();
    if (first) {
      group.start();
    }
    Converter item = group.getConverter(0);
    put(item, value, true, true);
    if (last) {
      group.end();
    }
  }
}
