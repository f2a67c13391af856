package dev.tandem.streams.service;

import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Secrets;
import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.ClientProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Checks the {@code streams.} keys by Kafka's own definitions, and refuses those on which exactness
 * rests: a line that would be ignored misleads.
 */
public final class StreamsPropertiesCheck {
  private static final String OURS = "streams.";
  private static final String TOPIC = "topic.";

  /** Those of one kind of client; the longest first where one ends another. */
  private static final List<String> CLIENTS =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.");

  /** Fixed, and what says the same where something does. */
  private static final Map<String, String> FIXED =
      Map.of(
          StreamsConfig.APPLICATION_ID_CONFIG, "it is made of the pipeline's name",
          StreamsConfig.STATE_DIR_CONFIG, "set state.dir in tandem.properties",
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "every event counts exactly once",
          StreamsConfig.NUM_STREAM_THREADS_CONFIG, "set stream.threads in tandem.properties",
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "set commit.interval in tandem.properties",
          StreamsConfig.APPLICATION_SERVER_CONFIG, "set http.advertised in tandem.properties");

  private StreamsPropertiesCheck() {}

  /** Adds what is wrong. */
  public static void check(Settings settings, Problems problems) {
    Set<String> known = new TreeSet<>(StreamsConfig.configDef().names());
    known.addAll(ClientProperties.known());
    Map<String, String> ofKafka = settings.kafka();
    settings
        .streams()
        .forEach(
            (name, value) -> {
              String origin = settings.origin(OURS + name);
              if (ofKafka.containsKey(name) && origin.equals("default")) {
                return;
              }
              check(name, value, origin, known, problems);
            });
  }

  private static void check(
      String name, String value, String origin, Set<String> known, Problems problems) {
    if (FIXED.containsKey(name)) {
      problems.add("%s: %s is fixed: %s; remove the line".formatted(origin, name, FIXED.get(name)));
      return;
    }
    String bare =
        CLIENTS.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(p -> name.substring(p.length()))
            .orElse(name);
    if (!bare.startsWith(TOPIC)) {
      ClientProperties.checkName(bare, origin, known, problems);
    }
    ConfigDef.ConfigKey key = StreamsConfig.configDef().configKeys().get(name);
    if (key != null) {
      try {
        Object parsed = ConfigDef.parseType(name, value, key.type);
        if (key.validator != null) {
          key.validator.ensureValid(name, parsed);
        }
      } catch (ConfigException e) {
        problems.add(
            "%s: %s = '%s': %s"
                .formatted(
                    origin, name, Secrets.shown(name, value), ClientProperties.expectation(e)));
      }
    }
  }
}
