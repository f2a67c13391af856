package dev.tandem.backfill;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import java.nio.file.Path;
import java.time.Instant;

/** The pipeline {@code biketown} of the configuration folder, and events for it. */
public final class TestPipeline {
  private TestPipeline() {}

  public static PipelineDefinition load() {
    return PipelineLoader.load(Path.of(System.getProperty("tandem.home"), "config"), "biketown");
  }

  public static AggregateDefinition aggregate(PipelineDefinition pipeline, String name) {
    return pipeline.aggregate(name).orElseThrow();
  }

  /** A trip of ten minutes and one mile from {@code station} to nowhere. */
  public static Event trip(PipelineDefinition pipeline, String id, String start, String station) {
    var fields = pipeline.schema().byName();
    Event event = new Event(pipeline.schema());
    long time = Instant.parse(start).toEpochMilli();
    event.setText(fields.get("trip_id"), id);
    event.setNumber(fields.get("started_at"), time);
    event.setNumber(fields.get("ended_at"), time + 600_000);
    event.setText(fields.get("start_station"), station);
    event.setNumber(fields.get("duration_s"), 600);
    event.setNumber(fields.get("distance_mi"), 100);
    return event;
  }
}
