package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Trips between stations, with one decision of every kind. */
final class TestPipeline {
  static final long HOUR = 3_600_000L;
  static final long START = Instant.parse("2017-07-03T07:00:00Z").toEpochMilli();

  private static final String YAML =
      """
      pipeline: trips
      zone: America/Los_Angeles
      fields:
        id: string
        at: timestamp
        ended: timestamp
        from: string
        to: string
        bike: string
        miles: {type: decimal, scale: 2}
        seconds: long
        tag: strings
      id: id
      time: at
      metrics: {trips: count}
      aggregates:
        departures: {by: [from], window: hour}
        arrivals: {by: [to], window: hour, time: ended}
        tags: {by: [tag], window: hour}
      lateness: 30m
      decisions:
        rebalance: {kind: imbalance, in: arrivals, out: departures, hours: 2, threshold: 4, beyond_normal: 2, clear: 2, quiet: 6h}
        silent: {kind: silence, aggregate: departures, hours: 3, expected: 4}
        stuck: {kind: outlier, subject: bike, seconds_between: [at, ended], over: 2d, quiet: 24h}
        fast: {kind: outlier, speed: [miles, seconds], over: 40}
        rejects: {kind: rejected_share, percent: 20, least: 5}
        trending: {kind: trend, aggregate: tags, hours: 4, factor: 3, least: 4, quiet: 3h}
      """;

  private TestPipeline() {}

  static PipelineDefinition load() {
    try {
      Path file = Files.createTempFile("trips", ".yaml");
      Files.writeString(file, YAML);
      try {
        return PipelineLoader.load(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AggregateDefinition aggregate(PipelineDefinition pipeline, String name) {
    return pipeline.aggregate(name).orElseThrow();
  }

  /** A trip of a quarter of an hour; null stations are left out. */
  static Event trip(PipelineDefinition pipeline, String id, long at, String from, String to) {
    Event event = new Event(pipeline.schema());
    event.setText(field(event, "id"), id);
    event.setNumber(field(event, "at"), at);
    event.setNumber(field(event, "ended"), at + 900_000);
    event.setText(field(event, "from"), from);
    event.setText(field(event, "to"), to);
    return event;
  }

  static Field field(Event event, String name) {
    return event.schema().find(name).orElseThrow();
  }
}
