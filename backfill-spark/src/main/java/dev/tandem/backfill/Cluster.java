package dev.tandem.backfill;

import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command works.
 *
 * @param kafka properties of every Kafka client
 * @param connectTimeout how long to try to reach Kafka
 * @param flushInterval within it the app publishes a row that has changed
 * @param spark properties of Spark
 * @param master Spark's master; empty: this machine, or what the properties say
 * @param learn whether backfills learn what is normal
 * @param pinnedBaseline version of the baseline that the app is told to stay with
 * @param archive a folder that has the part of the log that its topic need not have any more
 */
record Cluster(
    Map<String, String> kafka,
    Duration connectTimeout,
    Duration flushInterval,
    Map<String, String> spark,
    Optional<String> master,
    boolean learn,
    Optional<String> pinnedBaseline,
    Optional<Path> archive) {

  static Cluster of(Settings settings, Optional<String> master) {
    return of(settings, master, Optional.empty());
  }

  static Cluster of(Settings settings, Optional<String> master, Optional<Path> archive) {
    return new Cluster(
        settings.kafka(),
        settings.get(Keys.CONNECT_TIMEOUT),
        settings.get(Keys.FLUSH_INTERVAL),
        settings.spark(),
        master,
        settings.get(Keys.DECISIONS_LEARN),
        settings.get(Keys.DECISIONS_BASELINE),
        archive);
  }
}
