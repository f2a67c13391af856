package dev.tandem.bench.jmh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.InvalidEventException;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What each step costs an event, one after the other over a file's events, 100,000 at most. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Loops {
  private static final int EVENTS = 100_000;
  private static final JsonFactory JACKSON = new JsonFactory();

  /** The folder of the pipelines. */
  @Param("")
  public String config;

  /** A file of BIKETOWN's. */
  @Param("")
  public String file;

  private PipelineDefinition pipeline;
  private EventJson json;
  private Rules rules;
  private EventRows rows;
  private FileDecoder decoder;
  private final List<byte[]> texts = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<RowKey, RowState> states = new HashMap<>();
  private RowLayout layout;
  private RowState state;
  private byte[] written;
  private int next;

  /** Reads the events. */
  @Setup
  public void read() {
    pipeline = PipelineLoader.load(Path.of(config), "biketown");
    json = new EventJson(pipeline);
    rules = new Rules(pipeline);
    rows = new EventRows(pipeline);
    decoder = FileDecoder.open(pipeline, Path.of(file));
    while (decoder.hasNext() && events.size() < EVENTS) {
      if (decoder.next() instanceof Decoded.Good good) {
        Event event = good.event().copy();
        texts.add(json.write(event));
        rules.apply(event);
        events.add(event);
      }
    }
    layout = new RowLayout(pipeline.aggregates().get(0));
    state = new RowState(layout);
    for (Event event : events.subList(0, 20)) {
      state.add(event, Hashes.of(event.id()));
    }
    written = state.toBytes();
  }

  @TearDown
  public void close() {
    decoder.close();
  }

  /** The position of the next event; states are forgotten after the last one. */
  private int step() {
    next++;
    if (next == events.size()) {
      next = 0;
      states.clear();
    }
    return next;
  }

  /** What Jackson needs to read every value, and nothing else: the least that JSON costs. */
  @Benchmark
  public int jsonTokens() throws IOException {
    int lengths = 0;
    try (JsonParser parser = JACKSON.createParser(texts.get(step()))) {
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        if (t.isScalarValue()) {
          lengths += parser.getTextLength();
        }
      }
    }
    return lengths;
  }

  /** An event from JSON. */
  @Benchmark
  public Event json() throws InvalidEventException {
    return json.read(texts.get(step()));
  }

  /** An event from a row of a file; the file is opened again when it ends. */
  @Benchmark
  public Decoded csv() {
    if (!decoder.hasNext()) {
      decoder.close();
      decoder = FileDecoder.open(pipeline, Path.of(file));
    }
    return decoder.next();
  }

  /** The hash of an event's id. */
  @Benchmark
  public long id() {
    return Hashes.of(events.get(step()).id());
  }

  /** The keys of an event's rows. */
  @Benchmark
  public void keys(Blackhole hole) {
    rows.forEach(events.get(step()), (layout, key, window) -> hole.consume(key));
  }

  /** An event into the states of its rows. */
  @Benchmark
  public void fold() {
    fold(events.get(step()));
  }

  /** An event from JSON into the states of its rows: all that is no store and no broker. */
  @Benchmark
  public void whole() throws InvalidEventException {
    Event event = json.read(texts.get(step()));
    rules.apply(event);
    fold(event);
  }

  private void fold(Event event) {
    long id = Hashes.of(event.id());
    rows.forEach(
        event,
        (layout, key, window) ->
            states.computeIfAbsent(key, k -> new RowState(layout)).add(event, id));
  }

  /** A row's state to bytes. */
  @Benchmark
  public byte[] write() {
    return state.toBytes();
  }

  /** A written state into another one that begins empty. */
  @Benchmark
  public RowState merge() {
    RowState sum = new RowState(layout);
    sum.mergeWritten(Bytes.reader(written));
    return sum;
  }
}
