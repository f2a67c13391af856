package dev.tandem.core.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.event.Decimals;
import dev.tandem.core.event.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON: the keys and values of {@code P.aggregates}, and the metric parts that the REST
 * answers share. Keeps a buffer and the texts that come again, so not thread-safe.
 */
public final class RowJson {
  /** Quantiles that a histogram is shown with. */
  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99};

  private static final String[] QUANTILE_NAMES = {"p50", "p90", "p95", "p99"};
  private static final byte[] WINDOW = ascii(",\"window\":");
  private static final byte[] KEY = ascii(",\"key\":{");
  private static final byte[] EPOCH = ascii("\"epoch\":");
  private static final byte[] CORRECTED = ascii(",\"corrected\":");
  private static final byte[] UPDATED_AT = ascii(",\"updated_at\":");
  private static final byte[] COUNT = ascii("{\"count\":");
  private static final byte[] SUM = ascii(",\"sum\":");
  private static final byte[] MIN = ascii(",\"min\":");
  private static final byte[] MAX = ascii(",\"max\":");
  private static final byte[][] QUANTILE_FIELDS =
      Arrays.stream(QUANTILE_NAMES).map(name -> ascii(",\"" + name + "\":")).toArray(byte[][]::new);

  /** Windows whose texts are remembered, a power of two; one more takes the place of another. */
  private static final int CACHED_WINDOWS = 4096;

  private static final JsonFactory JSON = new JsonFactory();

  private final ZoneId zone;
  private final JsonBytes json = new JsonBytes();
  private final @Nullable WindowText[] windows = new WindowText[CACHED_WINDOWS];
  private final List<Names> names = new ArrayList<>();
  private Instant lastInstant = Instant.EPOCH;
  private byte[] lastInstantText = JsonBytes.quoted(lastInstant.toString());

  private record WindowText(long start, String text, byte[] quoted) {}

  /** What is written of an aggregate in every row, what is between its parts included. */
  private record Names(long definition, byte[] head, List<byte[]> by, List<byte[]> metrics) {
    static Names of(long definition, String aggregate, List<String> by, List<Metric> metrics) {
      return new Names(
          definition,
          ascii("{\"aggregate\":", JsonBytes.quoted(aggregate), WINDOW),
          by.stream().map(name -> ascii("", JsonBytes.quoted(name), ascii(":"))).toList(),
          metrics.stream()
              .map(metric -> ascii("", JsonBytes.quoted(metric.name()), ascii(":")))
              .toList());
    }
  }

  public RowJson(ZoneId zone) {
    this.zone = zone;
  }

  private static byte[] ascii(String start, byte[]... more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(start.getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : more) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A window's start as ISO-8601 with the zone's offset, seconds always given. */
  public String window(long start) {
    return windowText(start).text;
  }

  private WindowText windowText(long start) {
    int i = Long.hashCode(start * 0x9E3779B97F4A7C15L) & (CACHED_WINDOWS - 1);
    WindowText known = windows[i];
    if (known == null || known.start != start) {
      String text =
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              Instant.ofEpochMilli(start).atZone(zone).toOffsetDateTime());
      known = new WindowText(start, text, JsonBytes.quoted(text));
      windows[i] = known;
    }
    return known;
  }

  private Names names(AggregateDefinition aggregate) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).definition == aggregate.id()) {
        return names.get(i);
      }
    }
    Names made =
        Names.of(
            aggregate.id(),
            aggregate.name(),
            aggregate.by().stream().map(Field::name).toList(),
            aggregate.metrics());
    names.add(made);
    return made;
  }

  /** The key of a row of {@code P.aggregates}. */
  public byte[] key(AggregateDefinition aggregate, RowKey key) {
    return key(names(aggregate), key);
  }

  /** The key of a row of an aggregate of which only name and dimension names are known. */
  public byte[] key(String aggregate, List<String> by, RowKey key) {
    return key(Names.of(key.definitionId(), aggregate, by, List.of()), key);
  }

  private byte[] key(Names of, RowKey key) {
    json.clear();
    json.raw(of.head);
    json.raw(windowText(key.windowStart()).quoted);
    json.raw(KEY);
    key.forEachDimension(new DimensionWriter(of.by));
    json.raw('}');
    json.raw('}');
    return json.toArray();
  }

  private final class DimensionWriter implements RowKey.Dimensions {
    private final List<byte[]> fields;
    private int next;

    DimensionWriter(List<byte[]> fields) {
      this.fields = fields;
    }

    private void field() {
      if (next > 0) {
        json.raw(',');
      }
      json.raw(fields.get(next++));
    }

    @Override
    public void nothing() {
      field();
      json.nothing();
    }

    @Override
    public void bool(boolean value) {
      field();
      json.bool(value);
    }

    @Override
    public void integer(long value) {
      field();
      json.number(value);
    }

    @Override
    public void text(byte[] utf8, int from, int to) {
      field();
      json.text(utf8, from, to);
    }
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
    json.clear();
    json.raw('{');
    for (int i = 0; i < of.metrics.size(); i++) {
      json.raw(of.metrics.get(i));
      metric(aggregate.metrics().get(i), state);
      json.raw(',');
    }
    json.raw(EPOCH);
    json.number(epoch);
    json.raw(CORRECTED);
    json.bool(corrected);
    json.raw(UPDATED_AT);
    json.raw(text(updatedAt));
    json.raw('}');
    return json.toArray();
  }

  private byte[] text(Instant instant) {
    if (!instant.equals(lastInstant)) {
      lastInstant = instant;
      lastInstantText = JsonBytes.quoted(instant.toString());
    }
    return lastInstantText;
  }

  /** As {@link #writeMetric} without the average. */
  private void metric(Metric metric, RowState state) {
    switch (metric.kind()) {
      case COUNT -> json.number(state.events());
      case DISTINCT -> json.number(state.distinct(metric));
      case STATS -> stats(metric.field().scale(), state.stats(metric));
      case HISTOGRAM -> {
        long count = state.histogramCount(metric);
        json.raw(COUNT);
        json.number(count);
        for (int i = 0; count > 0 && i < QUANTILES.length; i++) {
          json.raw(QUANTILE_FIELDS[i]);
          json.scaled(state.quantile(metric, QUANTILES[i]), metric.field().scale());
        }
        json.raw('}');
      }
    }
  }

  private void stats(int scale, RowState.@Nullable Stats stats) {
    json.raw(COUNT);
    json.number(stats == null ? 0 : stats.count());
    json.raw(SUM);
    json.scaled(stats == null ? 0 : stats.sum(), scale);
    if (stats != null) {
      json.raw(MIN);
      json.scaled(stats.min(), scale);
      json.raw(MAX);
      json.scaled(stats.max(), scale);
    }
    json.raw('}');
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
        json.writeFieldName("count");
        json.writeNumber(stats == null ? 0 : stats.count());
        json.writeFieldName("sum");
        writeScaled(json, metric, stats == null ? 0 : stats.sum());
        if (stats != null) {
          json.writeFieldName("min");
          writeScaled(json, metric, stats.min());
          json.writeFieldName("max");
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
}
