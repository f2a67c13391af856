package dev.tandem.core.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Texts of settings from one place, checked: a key is one of {@link Keys} or goes to a client by
 * its prefix ({@code kafka.}, {@code streams.}, {@code spark.}).
 */
record Layer(Map<String, Text> texts) {

  /** A value as written, and where. */
  record Text(String value, String origin) {}

  static final List<String> CLIENT_PREFIXES = List.of("kafka.", "streams.", "spark.");

  private static final String VARIABLE = "TANDEM_";

  /** Variables of the launcher, the logs and the tests. */
  private static final Set<String> OTHERS =
      Set.of(
          "TANDEM_HOME",
          "TANDEM_JAVA",
          "TANDEM_JAVA_OPTS",
          "TANDEM_CLASSPATH",
          "TANDEM_BUILD",
          "TANDEM_LOG",
          "TANDEM_DATA",
          "TANDEM_INGEST_TOKEN",
          "TANDEM_FAILPOINT");

  /** What the command line gave: {@code --set} and the flags that stand for a setting. */
  static Layer ofFlags(List<Flag> flags, Problems problems) {
    Map<String, Text> texts = new LinkedHashMap<>();
    for (Flag flag : flags) {
      if (isKnown(flag.key(), flag.option(), problems)) {
        texts.put(flag.key(), new Text(flag.text(), "flag " + flag.option()));
      }
    }
    return new Layer(texts);
  }

  /**
   * {@code TANDEM_HTTP_PORT} is {@code http.port}, {@code TANDEM_KAFKA_SASL_JAAS_CONFIG} is {@code
   * kafka.sasl.jaas.config}. A variable that is no setting is refused when it is nearly one; others
   * may be anybody's.
   */
  static Layer ofEnvironment(Map<String, String> environment, Problems problems) {
    Map<String, Text> texts = new LinkedHashMap<>();
    Map<String, String> known = new LinkedHashMap<>();
    for (Setting<?> setting : Keys.declared()) {
      for (String variable : setting.variables()) {
        known.put(variable, setting.key());
        String value = environment.get(variable);
        if (value != null && !value.isBlank()) {
          texts.putIfAbsent(setting.key(), new Text(value, "environment " + variable));
        }
      }
    }
    environment.forEach(
        (variable, value) -> {
          if (!variable.startsWith(VARIABLE)
              || known.containsKey(variable)
              || OTHERS.contains(variable)) {
            return;
          }
          String key = variable.substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
          String dotted = key.replace('_', '.');
          if (CLIENT_PREFIXES.stream().anyMatch(dotted::startsWith)) {
            texts.put(dotted, new Text(value, "environment " + variable));
            return;
          }
          List<String> names =
              known.keySet().stream().map(n -> n.substring(VARIABLE.length())).toList();
          Nearest.to(key, names)
              .ifPresent(
                  n ->
                      problems.add(
                          "environment %s: no such setting (did you mean %s%s?): rename or unset it"
                              .formatted(variable, VARIABLE, n)));
        });
    return new Layer(texts);
  }

  /** {@code tandem.properties}: our own keys, and prefixed ones of the clients. */
  static Layer ofTandemFile(Path file, Problems problems) {
    Map<String, Text> texts = new LinkedHashMap<>();
    PropertiesFile.read(file, problems)
        .forEach(
            (key, entry) -> {
              String origin = file + ":" + entry.line();
              if (isKnown(key, origin + ": " + key, problems)) {
                texts.put(key, new Text(entry.value(), origin));
              }
            });
    return new Layer(texts);
  }

  /**
   * A file of a client's own properties: each key gets {@code prefix} unless it has it. Kafka's
   * {@code bootstrap.servers} is our {@code bootstrap}.
   */
  static Layer ofClientFile(Path file, String prefix, Problems problems) {
    Map<String, Text> texts = new LinkedHashMap<>();
    PropertiesFile.read(file, problems)
        .forEach(
            (key, entry) -> {
              String ours = key.startsWith(prefix) ? key : prefix + key;
              texts.put(
                  ours.equals("kafka.bootstrap.servers") ? Keys.BOOTSTRAP.key() : ours,
                  new Text(entry.value(), file + ":" + entry.line()));
            });
    return new Layer(texts);
  }

  private static boolean isKnown(String key, String place, Problems problems) {
    if (key.endsWith("bootstrap.servers")) {
      problems.add(place + ": write bootstrap=HOST:PORT or --bootstrap instead");
      return false;
    }
    if (Keys.all().containsKey(key) || CLIENT_PREFIXES.stream().anyMatch(key::startsWith)) {
      return true;
    }
    problems.add(
        "%s: no such setting%s; known: %s, and kafka.…, streams.…, spark.…"
            .formatted(
                place,
                Nearest.hint(key, Keys.all().keySet()),
                String.join(", ", Keys.all().keySet())));
    return false;
  }
}
