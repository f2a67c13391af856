package dev.tandem.core.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Decimals;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.junit.jupiter.api.Test;

/** What is written by hand is what Jackson writes: readers of P.aggregates see no difference. */
class RowJsonTest {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field TIME = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field MILES = new Field(2, "mi\"les\"", FieldType.DECIMAL, 2);
  private static final Field SECONDS = new Field(3, "sekünden", FieldType.LONG, 0);
  private static final Field PLAN = new Field(4, "plan\n", FieldType.STRING, 0);
  private static final Field MANY = new Field(5, "many", FieldType.BOOLEAN, 0);
  private static final Schema SCHEMA =
      new Schema(List.of(ID, TIME, MILES, SECONDS, PLAN, MANY), ID, TIME);
  private static final AggregateDefinition AGGREGATE =
      new AggregateDefinition(
          7,
          "by \\plan",
          List.of(PLAN, SECONDS, MANY),
          WindowUnit.HOUR,
          TIME,
          List.of(
              new Metric("trips", Metric.Kind.COUNT, ID),
              new Metric("mi\"les\"", Metric.Kind.STATS, MILES),
              new Metric("seconds", Metric.Kind.STATS, SECONDS),
              new Metric("spread", Metric.Kind.HISTOGRAM, MILES),
              new Metric("plans", Metric.Kind.DISTINCT, PLAN)));

  private final RowJson json = new RowJson(ZONE);

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] byJackson(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
      content.write(generator);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  @Property
  void shouldWriteKeysAsJacksonDoes(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long window,
      @ForAll @WithNull String text,
      @ForAll @WithNull Long number,
      @ForAll @WithNull Boolean flag) {
    String valid = text == null ? null : new String(text.getBytes(UTF_8), UTF_8);
    RowKey key = RowKey.of(AGGREGATE, window, Arrays.asList(valid, number, flag));
    byte[] expected =
        byJackson(
            out -> {
              out.writeStartObject();
              out.writeStringField("aggregate", AGGREGATE.name());
              out.writeStringField("window", json.window(window));
              out.writeObjectFieldStart("key");
              List<Field> by = AGGREGATE.by();
              List<Object> values = Arrays.asList(valid, number, flag);
              for (int i = 0; i < by.size(); i++) {
                out.writeFieldName(by.get(i).name());
                RowJson.writeDimension(out, values.get(i));
              }
              out.writeEndObject();
              out.writeEndObject();
            });
    assertThat(json.key(AGGREGATE, key)).isEqualTo(expected);
    List<String> names = AGGREGATE.by().stream().map(Field::name).toList();
    assertThat(json.key(AGGREGATE.name(), names, key)).isEqualTo(expected);
  }

  @Test
  void shouldEscapeAsJacksonDoes() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x180; c++) {
      all.append((char) c);
    }
    all.append("\u2028\uFFFD\uD83D\uDEB2");
    String text = all.toString();
    byte[] utf8 = text.getBytes(UTF_8);
    JsonBytes bytes = new JsonBytes();
    bytes.text(utf8, 0, utf8.length);
    assertThat(new String(bytes.toArray(), UTF_8))
        .isEqualTo(new String(byJackson(out -> out.writeString(text)), UTF_8));
  }

  @Property
  void shouldWriteValuesAsJacksonDoes(
      @ForAll @Size(max = 5)
          List<@LongRange(min = -9_000_000_000_000L, max = 9_000_000_000_000L) Long> numbers,
      @ForAll @IntRange(max = 3) int without,
      @ForAll @LongRange(min = 0) long epoch,
      @ForAll boolean corrected) {
    RowState state = new RowState(new RowLayout(AGGREGATE));
    List<Long> all = new ArrayList<>(numbers);
    for (int i = 0; i < without; i++) {
      all.add(null);
    }
    for (int i = 0; i < all.size(); i++) {
      Event event = new Event(SCHEMA);
      event.setText(ID, "e" + i);
      event.setNumber(TIME, 1);
      Long number = all.get(i);
      if (number != null) {
        event.setNumber(MILES, number);
        event.setNumber(SECONDS, -number);
        event.setText(PLAN, "p" + number);
      }
      state.add(event, Hashes.of("e" + i));
    }
    Instant now = Instant.ofEpochMilli(epoch % 4_000_000_000_000L);
    byte[] expected =
        byJackson(
            out -> {
              out.writeStartObject();
              for (Metric metric : AGGREGATE.metrics()) {
                out.writeFieldName(metric.name());
                RowJson.writeMetric(out, metric, state, false);
              }
              out.writeNumberField("epoch", epoch);
              out.writeBooleanField("corrected", corrected);
              out.writeStringField("updated_at", now.toString());
              out.writeEndObject();
            });
    assertThat(json.value(AGGREGATE, state, epoch, corrected, now)).isEqualTo(expected);
  }

  @Property
  void shouldWriteNumbersAsElsewhere(@ForAll long number, @ForAll @IntRange(max = 9) int scale) {
    for (long n : new long[] {number, Long.MIN_VALUE, Long.MAX_VALUE, 0, number % 1000}) {
      JsonBytes bytes = new JsonBytes();
      bytes.scaled(n, scale);
      assertThat(bytes.toArray()).asString().isEqualTo(Decimals.format(n, scale));
    }
  }

  @Test
  void shouldTellWindowsApartThatShareAPlace() {
    for (int round = 0; round < 2; round++) {
      for (long hour = 0; hour < 20_000; hour++) {
        long start = hour * 3_600_000;
        String expected = Instant.ofEpochMilli(start).atZone(ZONE).toLocalDateTime().toString();
        assertThat(json.window(start)).startsWith(expected);
      }
    }
  }
}
