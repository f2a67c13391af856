package dev.tandem.streams;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The biketown pipeline with decisions that tests can count on, whatever the shipped ones are. */
public final class DecidingPipeline {
  private static final String DECISIONS =
      """
      lateness: 1h
      decisions:
        rebalance: {kind: imbalance, in: arrivals_hourly, out: departures_hourly, hours: 3, threshold: 8, beyond_normal: 3, clear: 4, quiet: 6h}
        silent: {kind: silence, aggregate: departures_hourly, hours: 6, expected: 5, quiet: 24h}
        stuck_clock: {kind: outlier, subject: bike, seconds_between: [started_at, ended_at], over: 720h, quiet: 24h}
        rejected: {kind: rejected_share, percent: 20, least: 10, quiet: 6h}
        rush: {kind: trend, aggregate: departures_hourly, hours: 24, factor: 4, least: 10, quiet: 12h}
      """;

  private DecidingPipeline() {}

  /** Writes a configuration folder with it into {@code dir}. */
  public static Path config(Path dir) {
    try {
      Path shipped = Home.find().resolve("config/pipelines/biketown.yaml");
      Path file = dir.resolve("config/pipelines/biketown.yaml");
      Files.createDirectories(file.getParent());
      String without =
          Files.readString(shipped)
              .replaceAll("(?m)^(decisions|lateness):.*\\R(([ #].*)?\\R)*", "");
      return Files.writeString(file, without + DECISIONS).getParent().getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static PipelineDefinition load(Path dir) {
    return PipelineLoader.load(config(dir), "biketown");
  }
}
