package dev.tandem.core.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.event.Decimals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON: the keys and values of {@code P.aggregates}, and the metric parts that the REST
 * answers share. Keeps a generator, its buffer and the texts that come again, so not thread-safe.
 */
public final class RowJson {
  /** Quantiles that a histogram is shown with. */
  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99};

  private static final String[] QUANTILE_NAMES = {"p50", "p90", "p95", "p99"};
  private static final int CACHED_WINDOWS = 4096;
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().rootValueSeparator((String) null).build();

  // Texts whose escapes and bytes are known beforehand.
  private static final SerializedString AGGREGATE = new SerializedString("aggregate");
  private static final SerializedString WINDOW = new SerializedString("window");
  private static final SerializedString KEY = new SerializedString("key");
  private static final SerializedString EPOCH = new SerializedString("epoch");
  private static final SerializedString CORRECTED = new SerializedString("corrected");
  private static final SerializedString UPDATED_AT = new SerializedString("updated_at");
  private static final SerializedString COUNT = new SerializedString("count");
  private static final SerializedString SUM = new SerializedString("sum");
  private static final SerializedString MIN = new SerializedString("min");
  private static final SerializedString MAX = new SerializedString("max");

  private final ZoneId zone;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private @Nullable JsonGenerator generator;
  private final Map<Long, SerializedString> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SerializedString> eldest) {
          return size() > CACHED_WINDOWS;
        }
      };

  private final Map<Long, Names> names = new HashMap<>();
  private Instant lastInstant = Instant.EPOCH;
  private SerializedString lastInstantText = new SerializedString(lastInstant.toString());

  /** What is written of an aggregate in every row. */
  private record Names(
      SerializableString aggregate,
      List<? extends SerializableString> by,
      List<? extends SerializableString> metrics) {

    static Names of(String aggregate, List<String> by, List<Metric> metrics) {
      return new Names(
          new SerializedString(aggregate),
          by.stream().map(SerializedString::new).toList(),
          metrics.stream().map(metric -> new SerializedString(metric.name())).toList());
    }
  }

  public RowJson(ZoneId zone) {
    this.zone = zone;
  }

  /** A window's start as ISO-8601 with the zone's offset, seconds always given. */
  public String window(long start) {
    return windowText(start).getValue();
  }

  private SerializedString windowText(long start) {
    return windows.computeIfAbsent(
        start,
        s ->
            new SerializedString(
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    Instant.ofEpochMilli(s).atZone(zone).toOffsetDateTime())));
  }

  private Names names(AggregateDefinition aggregate) {
    return names.computeIfAbsent(
        aggregate.id(),
        id ->
            Names.of(
                aggregate.name(),
                aggregate.by().stream().map(Field::name).toList(),
                aggregate.metrics()));
  }

  /** The key of a row of {@code P.aggregates}. */
  public byte[] key(AggregateDefinition aggregate, RowKey key) {
    return key(names(aggregate), key);
  }

  /** The key of a row of an aggregate of which only name and dimension names are known. */
  public byte[] key(String aggregate, List<String> by, RowKey key) {
    return key(Names.of(aggregate, by, List.of()), key);
  }

  private byte[] key(Names of, RowKey key) {
    return write(
        json -> {
          json.writeStartObject();
          json.writeFieldName(AGGREGATE);
          json.writeString(of.aggregate);
          json.writeFieldName(WINDOW);
          json.writeString(windowText(key.windowStart()));
          json.writeFieldName(KEY);
          json.writeStartObject();
          List<@Nullable Object> values = key.dimensions();
          for (int i = 0; i < values.size(); i++) {
            json.writeFieldName(of.by.get(i));
            writeDimension(json, values.get(i));
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /** A dimension value: text, integer, boolean or null. */
  public static void writeDimension(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean b) {
      json.writeBoolean(b);
    } else if (value instanceof Long n) {
      json.writeNumber(n);
    } else {
      json.writeString((String) value);
    }
  }

  /**
   * The value of a row of {@code P.aggregates}.
   *
   * @param epoch the last backfill whose result is in the row, 0 for none
   * @param corrected whether that backfill changed it
   */
  public byte[] value(
      AggregateDefinition aggregate,
      RowState state,
      long epoch,
      boolean corrected,
      Instant updatedAt) {
    Names of = names(aggregate);
    return write(
        json -> {
          json.writeStartObject();
          for (int i = 0; i < of.metrics.size(); i++) {
            json.writeFieldName(of.metrics.get(i));
            writeMetric(json, aggregate.metrics().get(i), state, false);
          }
          json.writeFieldName(EPOCH);
          json.writeNumber(epoch);
          json.writeFieldName(CORRECTED);
          json.writeBoolean(corrected);
          json.writeFieldName(UPDATED_AT);
          json.writeString(text(updatedAt));
          json.writeEndObject();
        });
  }

  private SerializedString text(Instant instant) {
    if (!instant.equals(lastInstant)) {
      lastInstant = instant;
      lastInstantText = new SerializedString(instant.toString());
    }
    return lastInstantText;
  }

  /**
   * A metric's number or object. With a count of 0 there is no {@code min}, {@code max}, {@code
   * avg}, quantile.
   *
   * @param average whether to give {@code avg}, six decimal places, half up
   */
  public static void writeMetric(JsonGenerator json, Metric metric, RowState state, boolean average)
      throws IOException {
    switch (metric.kind()) {
      case COUNT -> json.writeNumber(state.events());
      case DISTINCT -> json.writeNumber(state.distinct(metric));
      case STATS -> {
        RowState.Stats stats = state.stats(metric);
        json.writeStartObject();
        json.writeFieldName(COUNT);
        json.writeNumber(stats == null ? 0 : stats.count());
        json.writeFieldName(SUM);
        writeScaled(json, metric, stats == null ? 0 : stats.sum());
        if (stats != null) {
          json.writeFieldName(MIN);
          writeScaled(json, metric, stats.min());
          json.writeFieldName(MAX);
          writeScaled(json, metric, stats.max());
          if (average) {
            json.writeFieldName("avg");
            json.writeNumber(average(metric, stats).toPlainString());
          }
        }
        json.writeEndObject();
      }
      case HISTOGRAM -> {
        json.writeStartObject();
        writeQuantiles(json, metric, state);
        json.writeEndObject();
      }
    }
  }

  private static void writeQuantiles(JsonGenerator json, Metric metric, RowState state)
      throws IOException {
    long count = state.histogramCount(metric);
    json.writeNumberField("count", count);
    for (int i = 0; count > 0 && i < QUANTILES.length; i++) {
      json.writeFieldName(QUANTILE_NAMES[i]);
      writeScaled(json, metric, state.quantile(metric, QUANTILES[i]));
    }
  }

  /** A histogram with its {@code ranges}, each {@code [lowest, highest, count]}, ascending. */
  public static void writeHistogram(JsonGenerator json, Metric metric, RowState state)
      throws IOException {
    json.writeStartObject();
    writeQuantiles(json, metric, state);
    json.writeArrayFieldStart("ranges");
    for (RowState.Range range : state.ranges(metric)) {
      json.writeStartArray();
      writeScaled(json, metric, range.low());
      writeScaled(json, metric, range.high());
      json.writeNumber(range.count());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Sum / count in the field's units, six decimal places, half up. */
  public static BigDecimal average(Metric metric, RowState.Stats stats) {
    return BigDecimal.valueOf(stats.sum(), metric.field().scale())
        .divide(BigDecimal.valueOf(stats.count()), 6, RoundingMode.HALF_UP);
  }

  private static void writeScaled(JsonGenerator json, Metric metric, long scaled)
      throws IOException {
    if (metric.field().scale() == 0) {
      json.writeNumber(scaled);
    } else {
      json.writeNumber(Decimals.format(scaled, metric.field().scale()));
    }
  }

  /**
   * The binary key of a key of {@code P.aggregates}.
   *
   * @param aggregate the one that {@link #aggregateOf} names
   * @throws IllegalArgumentException when it is not such a key
   */
  public static RowKey parseKey(AggregateDefinition aggregate, byte[] key) {
    try (JsonParser json = JSON.createParser(key)) {
      long window = 0;
      List<@Nullable Object> values = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "window" ->
              window = OffsetDateTime.parse(json.nextTextValue()).toInstant().toEpochMilli();
          case "key" -> {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              values.add(dimension(json, json.nextToken()));
            }
          }
          default -> json.nextToken();
        }
      }
      if (values.size() != aggregate.by().size()) {
        throw new IllegalArgumentException(values.size() + " dimensions for " + aggregate.name());
      }
      return RowKey.of(aggregate, window, values);
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("not a key of P.aggregates: " + e.getMessage(), e);
    }
  }

  /** The aggregate a key of {@code P.aggregates} names, without reading the rest of it. */
  public static String aggregateOf(byte[] key) {
    try (JsonParser json = JSON.createParser(key)) {
      json.nextToken();
      json.nextToken();
      return json.nextTextValue();
    } catch (IOException e) {
      throw new IllegalArgumentException("not a key of P.aggregates: " + e.getMessage(), e);
    }
  }

  private static @Nullable Object dimension(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_STRING -> json.getText();
      default -> throw new IllegalArgumentException("dimension value " + token);
    };
  }

  private interface Writer {
    void to(JsonGenerator json) throws IOException;
  }

  private byte[] write(Writer writer) {
    buffer.reset();
    JsonGenerator json = generator;
    // One that broke off amid a row is not used again.
    generator = null;
    try {
      if (json == null) {
        json = JSON.createGenerator(buffer);
      }
      writer.to(json);
      json.flush();
      generator = json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }
}
