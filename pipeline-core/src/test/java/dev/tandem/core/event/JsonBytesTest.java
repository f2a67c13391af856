package dev.tandem.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Against Jackson's generator, whose bytes these are to be. */
class JsonBytesTest {
  private final JsonBytes json = new JsonBytes();

  /** Writes one value. */
  @FunctionalInterface
  private interface Value {
    void write(JsonGenerator generator) throws IOException;
  }

  private void assertWritten(Value value) throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try (JsonGenerator generator = EventJson.FACTORY.createGenerator(expected)) {
      value.write(generator);
    }
    assertThat(new String(json.toArray(), UTF_8)).isEqualTo(expected.toString(UTF_8));
  }

  @Property
  void shouldWriteTextsAsJacksonDoes(@ForAll String text) throws IOException {
    Assume.that(EventLimits.isWellFormed(text));
    json.clear();
    json.text(text);
    assertWritten(generator -> generator.writeString(text));
  }

  @Example
  void shouldWriteLongTexts() throws IOException {
    String text = "plain ".repeat(1_000) + "\"\\/\b\u0000\u001f\u007f ü 😀";
    json.clear();
    json.text(text);
    assertWritten(generator -> generator.writeString(text));
  }

  @Property
  void shouldWriteAnyDoubleAsJacksonDoes(@ForAll long bits) throws IOException {
    assertDouble(Double.longBitsToDouble(bits));
  }

  @Property
  void shouldWriteOrdinaryDoublesAsJacksonDoes(
      @ForAll @DoubleRange(min = -2e7, max = 2e7) double value,
      @ForAll @LongRange(min = -3_000_000_000L, max = 3_000_000_000L) long digits,
      @ForAll @IntRange(min = 0, max = 12) int places)
      throws IOException {
    assertDouble(value);
    double rounded = BigDecimal.valueOf(digits, places).doubleValue();
    assertDouble(rounded);
    assertDouble(Math.nextUp(rounded));
    assertDouble(Math.nextDown(rounded));
  }

  @Example
  void shouldWriteDoublesAtTheEdges() throws IOException {
    for (double value :
        new double[] {
          0.0,
          -0.0,
          1,
          -1,
          0.001,
          0.002,
          9.999e-4,
          9999999,
          1e7,
          9999999.9999999,
          99999999.5,
          0.1,
          2e-3,
          45.5261199,
          -122.6497686,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          2e23,
          1e22
        }) {
      assertDouble(value);
      assertDouble(Math.nextUp(value));
      assertDouble(Math.nextDown(value));
    }
  }

  private void assertDouble(double value) throws IOException {
    json.clear();
    json.number(value);
    assertWritten(generator -> generator.writeNumber(value));
  }

  @Property
  void shouldWriteScaledNumbers(@ForAll long scaled, @ForAll @IntRange(max = 18) int scale) {
    json.clear();
    json.scaled(scaled, scale);
    assertThat(new String(json.toArray(), UTF_8)).isEqualTo(Decimals.format(scaled, scale));
  }

  @Property
  void shouldWriteWholeNumbers(@ForAll long value) {
    json.clear();
    json.number(value);
    assertThat(new String(json.toArray(), UTF_8)).isEqualTo(Long.toString(value));
  }
}
