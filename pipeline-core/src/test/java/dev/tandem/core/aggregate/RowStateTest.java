package dev.tandem.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The laws of every metric at once: one layout has all kinds. */
class RowStateTest {
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field TIME = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field SECONDS = new Field(2, "seconds", FieldType.LONG, 0);
  private static final Field MILES = new Field(3, "miles", FieldType.DECIMAL, 2);
  private static final Field BIKE = new Field(4, "bike", FieldType.STRING, 0);
  private static final Schema SCHEMA =
      new Schema(List.of(ID, TIME, SECONDS, MILES, BIKE), ID, TIME);
  private static final Metric STATS = new Metric("seconds", Metric.Kind.STATS, SECONDS);
  private static final Metric HISTOGRAM = new Metric("spread", Metric.Kind.HISTOGRAM, SECONDS);
  private static final Metric DISTINCT = new Metric("bikes", Metric.Kind.DISTINCT, BIKE);
  private static final RowLayout LAYOUT =
      new RowLayout(
          new AggregateDefinition(
              1,
              "all",
              List.of(),
              WindowUnit.HOUR,
              TIME,
              List.of(
                  new Metric("trips", Metric.Kind.COUNT, ID),
                  STATS,
                  new Metric("miles", Metric.Kind.STATS, MILES),
                  HISTOGRAM,
                  DISTINCT)));

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Long> seconds = Arbitraries.longs().between(-1000, 1_000_000).injectNull(.2);
    Arbitrary<Long> miles = Arbitraries.longs().between(0, 10_000).injectNull(.2);
    Arbitrary<String> bike =
        Arbitraries.integers().between(0, 50).map(i -> "bike " + i).injectNull(.1);
    return Combinators.combine(Arbitraries.integers(), seconds, miles, bike)
        .as((id, s, m, b) -> event("t" + id, s, m, b))
        .list()
        .ofMaxSize(30);
  }

  private static Event event(String id, Long seconds, Long miles, String bike) {
    Event event = new Event(SCHEMA);
    event.setText(ID, id);
    if (seconds != null) {
      event.setNumber(SECONDS, seconds);
    }
    if (miles != null) {
      event.setNumber(MILES, miles);
    }
    if (bike != null) {
      event.setText(BIKE, bike);
    }
    return event;
  }

  private static RowState fold(List<Event> events) {
    RowState state = new RowState(LAYOUT);
    events.forEach(e -> state.add(e, Hashes.of(e.id())));
    return state;
  }

  private static RowState merged(RowState a, RowState b) {
    RowState sum = a.copy();
    sum.merge(b);
    return sum;
  }

  @Property(tries = 200)
  void shouldBeACommutativeMonoid(
      @ForAll("events") List<Event> a,
      @ForAll("events") List<Event> b,
      @ForAll("events") List<Event> c) {
    RowState x = fold(a);
    RowState y = fold(b);
    RowState z = fold(c);
    assertThat(merged(x, y).toBytes()).isEqualTo(merged(y, x).toBytes());
    assertThat(merged(merged(x, y), z).toBytes()).isEqualTo(merged(x, merged(y, z)).toBytes());
    assertThat(merged(x, new RowState(LAYOUT)).toBytes()).isEqualTo(x.toBytes());
    assertThat(merged(new RowState(LAYOUT), x).toBytes()).isEqualTo(x.toBytes());
  }

  @Property(tries = 200)
  void shouldNotDependOnOrderNorOnHowEventsAreSplit(
      @ForAll("events") List<Event> events, @ForAll long seed) {
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(seed));
    int middle = shuffled.size() / 2;
    RowState split =
        merged(fold(shuffled.subList(0, middle)), fold(shuffled.subList(middle, shuffled.size())));
    assertThat(split.toBytes()).isEqualTo(fold(events).toBytes());
    assertThat(split).isEqualTo(fold(events));
  }

  @Property(tries = 200)
  void shouldReadWhatItWrote(@ForAll("events") List<Event> events) {
    RowState state = fold(events);
    RowState read = RowState.fromBytes(LAYOUT, state.toBytes());
    assertThat(read).isEqualTo(state);
    assertThat(read.toBytes()).isEqualTo(state.toBytes());
  }

  /** A change of these bytes is a change of the format: raise the version. */
  @Test
  void shouldKeepItsBytes() {
    RowState state =
        fold(List.of(event("1282087", 1546L, 119L, "6083"), event("1282113", null, 295L, null)));
    assertThat(HexFormat.of().formatHex(state.toBytes()))
        .isEqualTo("0102570c487ca3c8a68601941894180002bc06ee01b00101a0030101b51930");
  }

  @Test
  void shouldNameTheMetricWhenASumOverflows() {
    List<Event> events =
        List.of(event("a", Long.MAX_VALUE, null, null), event("b", 1L, null, null));
    assertThatThrownBy(() -> fold(events))
        .isInstanceOf(RowOverflowException.class)
        .hasMessageContaining("'seconds'");
  }

  @Test
  void shouldRefuseBytesOfAnotherVersion() {
    assertThatThrownBy(() -> RowState.fromBytes(LAYOUT, new byte[] {9, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 9");
  }

  @Property(tries = 100)
  void shouldKeepQuantilesWithinTheBucketWidth(@ForAll("events") List<Event> events) {
    long[] values =
        events.stream()
            .filter(e -> e.has(SECONDS))
            .mapToLong(e -> e.number(SECONDS))
            .sorted()
            .toArray();
    if (values.length == 0) {
      return;
    }
    RowState state = fold(events);
    for (double q : new double[] {0, .5, .95, 1}) {
      long exact = values[(int) Math.max(1, Math.ceil(q * values.length)) - 1];
      assertThat((double) state.quantile(HISTOGRAM, q))
          .isBetween(exact - Math.abs(exact) / 32.0, exact + Math.abs(exact) / 32.0);
    }
  }

  @Test
  void shouldEstimateDistinctValuesWithinFivePercent() {
    for (int n : new int[] {0, 1, 10, 1_000, 20_000}) {
      RowState state = new RowState(LAYOUT);
      for (int i = 0; i < n * 2; i++) {
        state.add(event("t" + i, null, null, "bike " + i % Math.max(1, n)), i);
      }
      assertThat((double) state.distinct(DISTINCT)).isBetween(n * .95, n * 1.05);
    }
  }

  @Test
  void shouldPutEveryValueInABucketThatHoldsIt() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long v = random.nextLong() >> random.nextInt(64);
      int bucket = Histogram.bucket(v);
      assertThat(v).isBetween(Histogram.lowest(bucket), Histogram.highest(bucket));
      assertThat(Histogram.bucket(Histogram.lowest(bucket))).isEqualTo(bucket);
      assertThat(Histogram.bucket(Histogram.highest(bucket))).isEqualTo(bucket);
    }
  }
}
