package dev.tandem.core.config;

import dev.tandem.core.TandemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of settings from one place, checked: a key is one of {@link Keys} or goes to a client by
 * its prefix ({@code kafka.}, {@code streams.}, {@code spark.}).
 */
record Layer(Map<String, Text> texts) {

  /** A value as written, and where. */
  record Text(String value, String origin) {}

  static final List<String> CLIENT_PREFIXES = List.of("kafka.", "streams.", "spark.");

  /** What the command line gave: {@code --set} and the flags that stand for a setting. */
  static Layer ofFlags(Map<String, String> flags) {
    Map<String, Text> texts = new LinkedHashMap<>();
    flags.forEach((key, value) -> texts.put(key, new Text(value, "command line")));
    texts.keySet().forEach(key -> checkKnown(key, "--set " + key));
    return new Layer(texts);
  }

  static Layer ofEnvironment(Map<String, String> environment) {
    Map<String, Text> texts = new LinkedHashMap<>();
    for (Setting<?> setting : Keys.declared()) {
      for (String variable : setting.variables()) {
        String value = environment.get(variable);
        if (value != null && !value.isBlank()) {
          texts.putIfAbsent(setting.key(), new Text(value, "environment " + variable));
        }
      }
    }
    return new Layer(texts);
  }

  /** {@code tandem.properties}: our own keys, and prefixed ones of the clients. */
  static Layer ofTandemFile(Path file) {
    Map<String, Text> texts = new LinkedHashMap<>();
    PropertiesFile.read(file)
        .forEach(
            (key, entry) -> {
              String origin = file + ":" + entry.line();
              checkKnown(key, origin + ": " + key);
              texts.put(key, new Text(entry.value(), origin));
            });
    return new Layer(texts);
  }

  /**
   * A file of a client's own properties: each key gets {@code prefix} unless it has it. Kafka's
   * {@code bootstrap.servers} is our {@code bootstrap}.
   */
  static Layer ofClientFile(Path file, String prefix) {
    Map<String, Text> texts = new LinkedHashMap<>();
    PropertiesFile.read(file)
        .forEach(
            (key, entry) -> {
              String ours = key.startsWith(prefix) ? key : prefix + key;
              texts.put(
                  ours.equals("kafka.bootstrap.servers") ? Keys.BOOTSTRAP.key() : ours,
                  new Text(entry.value(), file + ":" + entry.line()));
            });
    return new Layer(texts);
  }

  private static void checkKnown(String key, String place) {
    if (key.endsWith("bootstrap.servers")) {
      throw TandemException.wrongUse(place + ": write bootstrap=HOST:PORT or --bootstrap instead");
    }
    if (Keys.all().containsKey(key) || CLIENT_PREFIXES.stream().anyMatch(key::startsWith)) {
      return;
    }
    throw TandemException.wrongUse(
        "%s: no such setting%s; known: %s, and kafka.…, streams.…, spark.…"
            .formatted(
                place,
                Nearest.hint(key, Keys.all().keySet()),
                String.join(", ", Keys.all().keySet())));
  }
}
