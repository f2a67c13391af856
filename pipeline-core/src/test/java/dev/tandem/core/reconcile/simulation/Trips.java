package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Random trips around midnight, and the pipelines that count them. Trip number i adds 16^i to the
 * sum of a metric, so a sum tells how often each trip is in it.
 */
final class Trips {
  static final long HOUR = 3_600_000L;

  /** The first hour in which a trip begins; the day changes two hours later. */
  static final long FIRST_HOUR = 22 * HOUR;

  /** More than this many digits do not fit in 64 bits. */
  static final int MOST = 12;

  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field START = new Field(1, "start", FieldType.TIMESTAMP, 0);
  private static final Field END = new Field(2, "end", FieldType.TIMESTAMP, 0);
  private static final Field STATION = new Field(3, "station", FieldType.STRING, 0);
  private static final Field DIGIT = new Field(4, "digit", FieldType.LONG, 0);
  private static final Field VALUE = new Field(5, "value", FieldType.LONG, 0);
  private static final Schema SCHEMA =
      new Schema(List.of(ID, START, END, STATION, DIGIT, VALUE), ID, START);
  private static final Metric DIGITS = new Metric("digit", Metric.Kind.STATS, DIGIT);
  private static final Metric VALUES = new Metric("value", Metric.Kind.STATS, VALUE);

  private static final AggregateDefinition DEPARTURES =
      aggregate(1, "departures", List.of(STATION), WindowUnit.HOUR, START, DIGITS);
  private static final AggregateDefinition DEPARTURES_REPLACED =
      aggregate(2, "departures", List.of(STATION), WindowUnit.HOUR, START, DIGITS, VALUES);
  private static final AggregateDefinition ARRIVALS =
      aggregate(3, "arrivals", List.of(), WindowUnit.HOUR, END, DIGITS, VALUES);
  private static final AggregateDefinition DAYS =
      aggregate(4, "days", List.of(STATION), WindowUnit.DAY, START, DIGITS, VALUES);

  /** What the pipeline's file may say; the first is what it says in the beginning. */
  static final List<PipelineDefinition> PIPELINES =
      List.of(
          pipeline(DEPARTURES, ARRIVALS),
          pipeline(DEPARTURES_REPLACED, ARRIVALS),
          pipeline(DEPARTURES, ARRIVALS, DAYS),
          pipeline(DEPARTURES),
          pipeline(DEPARTURES_REPLACED, DAYS));

  /** The ids of all that any of them counts. */
  static final Set<Long> DEFINITIONS = Set.of(1L, 2L, 3L, 4L);

  private final SplittableRandom random;
  private final int hours;

  Trips(SplittableRandom random, int hours) {
    this.random = random;
    this.hours = hours;
  }

  private static AggregateDefinition aggregate(
      long id, String name, List<Field> by, WindowUnit window, Field time, Metric... metrics) {
    return new AggregateDefinition(id, name, by, window, time, List.of(metrics));
  }

  private static PipelineDefinition pipeline(AggregateDefinition... aggregates) {
    return new PipelineDefinition(
        "simulated", "", ZoneOffset.UTC, SCHEMA, List.of(), List.of(), List.of(aggregates));
  }

  /** A version of trip number i; another call gives another one. */
  Event trip(int i) {
    Event trip = new Event(SCHEMA);
    trip.setText(ID, name(i));
    trip.setNumber(START, time());
    if (random.nextDouble() < .9) {
      trip.setNumber(END, time());
    }
    if (random.nextDouble() < .9) {
      trip.setText(STATION, random.nextBoolean() ? "A" : "B");
    }
    trip.setNumber(DIGIT, 1L << (4 * i));
    return withOtherValue(trip);
  }

  /** The same trip in the same rows, with other values in them. */
  Event withOtherValue(Event trip) {
    Event other = trip.copy();
    if (random.nextDouble() < .8) {
      other.setNumber(VALUE, random.nextInt(11) - 5L);
    } else {
      other.setNull(VALUE);
    }
    return other;
  }

  /** The trip with an event time that no log may hold yet. */
  static Event inTheFuture(Event trip) {
    Event future = trip.copy();
    future.setNumber(START, trip.number(START) + 1_000 * HOUR);
    return future;
  }

  private long time() {
    return FIRST_HOUR + random.nextInt(hours) * HOUR + random.nextInt(1000);
  }

  private static String name(int i) {
    return "trip-" + i;
  }

  static byte[] id(int i) {
    return name(i).getBytes(StandardCharsets.UTF_8);
  }

  /** The number of a trip by its id. */
  static int number(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1));
  }

  /** How often each trip is in a row, trip i in the i-th hexadecimal digit from the right. */
  static long digits(RowState state) {
    RowState.Stats stats = state.stats(DIGITS);
    return stats == null ? 0 : stats.sum();
  }
}
