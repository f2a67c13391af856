package dev.tandem.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The laws of each kind of metric by itself, for a handful of events and for so many that sketches
 * change their form; values go up to the limits.
 */
class MetricLawsTest {
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field TIME = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field NUMBER = new Field(2, "number", FieldType.LONG, 0);
  private static final Schema SCHEMA = new Schema(List.of(ID, TIME, NUMBER), ID, TIME);

  /** Events of one seed; ids do not repeat within it. */
  private record Sample(Metric.Kind kind, List<Event> events) {
    RowState fold() {
      return fold(events);
    }

    RowState fold(List<Event> some) {
      RowState state = empty();
      some.forEach(e -> state.add(e, Hashes.of(e.id())));
      return state;
    }

    RowState empty() {
      return new RowState(layout(kind));
    }
  }

  private static RowLayout layout(Metric.Kind kind) {
    Metric metric = new Metric("metric", kind, kind == Metric.Kind.COUNT ? ID : NUMBER);
    return new RowLayout(
        new AggregateDefinition(1, "a", List.of(), WindowUnit.HOUR, TIME, List.of(metric)));
  }

  private static Sample sample(Metric.Kind kind, long seed, int size) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Event event = new Event(SCHEMA);
      event.setText(ID, seed + "-" + i);
      if (random.nextInt(6) > 0) {
        long bound = EventLimits.MAX_NUMBER >> random.nextInt(50);
        event.setNumber(NUMBER, random.nextLong(-bound, bound + 1));
      }
      events.add(event);
    }
    return new Sample(kind, events);
  }

  private static byte[] merged(RowState a, RowState b) {
    RowState sum = a.copy();
    sum.merge(b);
    return sum.toBytes();
  }

  @Property(tries = 100)
  void shouldCommute(
      @ForAll Metric.Kind kind, @ForAll long seed, @ForAll @IntRange(max = 4000) int size) {
    RowState a = sample(kind, seed, size).fold();
    RowState b = sample(kind, seed + 1, 20).fold();
    assertThat(merged(a, b)).isEqualTo(merged(b, a));
  }

  @Property(tries = 100)
  void shouldAssociate(
      @ForAll Metric.Kind kind, @ForAll long seed, @ForAll @IntRange(max = 2000) int size) {
    RowLayout layout = layout(kind);
    RowState a = sample(kind, seed, size).fold();
    RowState b = sample(kind, seed + 1, size).fold();
    RowState c = sample(kind, seed + 2, 3).fold();
    assertThat(merged(RowState.fromBytes(layout, merged(a, b)), c))
        .isEqualTo(merged(a, RowState.fromBytes(layout, merged(b, c))));
  }

  @Property(tries = 100)
  void shouldHaveTheEmptyStateAsIdentity(
      @ForAll Metric.Kind kind, @ForAll long seed, @ForAll @IntRange(max = 2000) int size) {
    Sample sample = sample(kind, seed, size);
    RowState a = sample.fold();
    assertThat(merged(a, sample.empty())).isEqualTo(a.toBytes());
    assertThat(merged(sample.empty(), a)).isEqualTo(a.toBytes());
  }

  @Property(tries = 100)
  void shouldNotDependOnOrder(
      @ForAll Metric.Kind kind, @ForAll long seed, @ForAll @IntRange(max = 4000) int size) {
    Sample sample = sample(kind, seed, size);
    List<Event> shuffled = new ArrayList<>(sample.events());
    Collections.shuffle(shuffled, new Random(seed));
    int middle = size / 3;
    RowState one = sample.fold(shuffled.subList(0, middle));
    RowState other = sample.fold(shuffled.subList(middle, size));
    assertThat(merged(one, other)).isEqualTo(sample.fold().toBytes());
  }

  @Property(tries = 100)
  void shouldReadWhatItWrote(
      @ForAll Metric.Kind kind, @ForAll long seed, @ForAll @IntRange(max = 4000) int size) {
    RowState state = sample(kind, seed, size).fold();
    RowState read = RowState.fromBytes(layout(kind), state.toBytes());
    assertThat(read).isEqualTo(state);
    assertThat(read.toBytes()).isEqualTo(state.toBytes());
  }
}
