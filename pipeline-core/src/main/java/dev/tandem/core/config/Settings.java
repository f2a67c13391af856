package dev.tandem.core.config;

import dev.tandem.core.TandemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of one run. A key's value is the first found in: flags, environment, the files of
 * the configuration folder, its default. Every text is parsed when this is made, so a wrong value
 * is found at start. Immutable.
 */
public final class Settings {

  private final Path home;
  private final Path configDir;
  private final Map<String, Layer.Text> texts;

  private Settings(Path home, Path configDir, Map<String, Layer.Text> texts) {
    this.home = home;
    this.configDir = configDir;
    this.texts = texts;
  }

  /**
   * Reads everything.
   *
   * @param home the folder that relative paths of settings start from
   * @param configDir folder of {@code kafka.properties}, {@code streams.properties}, {@code
   *     spark.properties} and {@code tandem.properties}; each of them may be absent, the folder not
   * @param flags settings given on the command line, by key
   * @param environment as {@link System#getenv()}
   * @throws TandemException wrong use: an unknown key, a value that does not parse, no such folder
   */
  public static Settings load(
      Path home, Path configDir, Map<String, String> flags, Map<String, String> environment) {
    if (!Files.isDirectory(configDir)) {
      throw TandemException.wrongUse(
          "No configuration folder %s: name it with --config DIR".formatted(configDir));
    }
    Map<String, Layer.Text> texts = new TreeMap<>();
    List<Layer> weakestFirst =
        List.of(
            Layer.ofClientFile(configDir.resolve("kafka.properties"), "kafka."),
            Layer.ofClientFile(configDir.resolve("streams.properties"), "streams."),
            Layer.ofClientFile(configDir.resolve("spark.properties"), "spark."),
            Layer.ofTandemFile(configDir.resolve("tandem.properties")),
            Layer.ofEnvironment(environment),
            Layer.ofFlags(flags));
    weakestFirst.forEach(layer -> texts.putAll(layer.texts()));
    Settings settings = new Settings(home.toAbsolutePath().normalize(), configDir, texts);
    Keys.declared().forEach(settings::get);
    return settings;
  }

  /** The value of {@code setting}. A folder comes back absolute. */
  @SuppressWarnings("unchecked") // A setting of paths parses paths, and resolving keeps it one.
  public <T> T get(Setting<T> setting) {
    Layer.Text text = text(setting);
    T value = setting.parse(text.value(), text.origin());
    return value instanceof Path path ? (T) home.resolve(path).normalize() : value;
  }

  /** Where the value is from: "command line", "environment X", "FILE:LINE" or "default". */
  public String origin(Setting<?> setting) {
    return text(setting).origin();
  }

  /** The folder that holds {@code tandem}, {@code config/} and, by default, the state. */
  public Path home() {
    return home;
  }

  /** The configuration folder, which also holds {@code pipelines/}. */
  public Path configDir() {
    return configDir;
  }

  /** What every Kafka client gets: {@code bootstrap.servers} and the {@code kafka.} keys. */
  public Map<String, String> kafka() {
    Map<String, String> client = new LinkedHashMap<>();
    client.put("bootstrap.servers", get(Keys.BOOTSTRAP));
    client.putAll(withoutPrefix("kafka."));
    return client;
  }

  /** {@link #kafka()} and the {@code streams.} keys over it. */
  public Map<String, String> streams() {
    Map<String, String> streams = kafka();
    streams.putAll(withoutPrefix("streams."));
    return streams;
  }

  /** The {@code spark.} keys, with their prefix, as Spark names them. */
  public Map<String, String> spark() {
    Map<String, String> spark = new LinkedHashMap<>();
    withoutPrefix("spark.").forEach((key, value) -> spark.put("spark." + key, value));
    return spark;
  }

  private Layer.Text text(Setting<?> setting) {
    return Optional.ofNullable(texts.get(setting.key()))
        .orElseGet(() -> new Layer.Text(setting.defaultText(), "default"));
  }

  private Map<String, String> withoutPrefix(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    texts.forEach(
        (key, text) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), text.value());
          }
        });
    return found;
  }
}
