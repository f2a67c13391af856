package dev.tandem.core.config;

import dev.tandem.core.TandemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * @throws TandemException wrong use: no such folder, or a line for each unknown key and each
   *     value that does not parse
   */
  public static Settings load(
      Path home, Path configDir, Map<String, String> flags, Map<String, String> environment) {
    Problems problems = new Problems();
    List<Flag> set =
        flags.entrySet().stream().map(e -> Flag.set(e.getKey(), e.getValue())).toList();
    Settings settings = read(home, configDir, set, environment, problems);
    problems.refuse();
    return settings;
  }

  /**
   * As {@link #load}, for who looks on: {@link #get} of a setting whose value is wrong throws.
   *
   * @param flags the last one of a key wins
   * @param problems takes whatever is wrong
   * @throws TandemException wrong use: no such folder
   */
  public static Settings read(
      Path home,
      Path configDir,
      List<Flag> flags,
      Map<String, String> environment,
      Problems problems) {
    if (!Files.isDirectory(configDir)) {
      throw TandemException.wrongUse(
          "No configuration folder %s: name it with --config DIR".formatted(configDir));
    }
    Map<String, Layer.Text> texts = new TreeMap<>();
    List<Layer> weakestFirst =
        List.of(
            Layer.ofClientFile(configDir.resolve("kafka.properties"), "kafka.", problems),
            Layer.ofClientFile(configDir.resolve("streams.properties"), "streams.", problems),
            Layer.ofClientFile(configDir.resolve("spark.properties"), "spark.", problems),
            Layer.ofTandemFile(configDir.resolve("tandem.properties"), problems),
            Layer.ofEnvironment(environment, problems),
            Layer.ofFlags(flags, problems));
    weakestFirst.forEach(layer -> texts.putAll(layer.texts()));
    texts.forEach((key, text) -> Secrets.remember(key, text.value()));
    Settings settings = new Settings(home.toAbsolutePath().normalize(), configDir, texts);
    Keys.declared().forEach(setting -> problems.check(() -> settings.get(setting)));
    return settings;
  }

  /**
   * A setting as it may be shown.
   *
   * @param value without secrets
   * @param origin as {@link #origin}
   */
  public record Shown(String key, String value, String origin) {}

  /** All of them: ours in the order of {@link Keys}, then what goes to the clients. */
  public List<Shown> shown() {
    List<Shown> all = new ArrayList<>();
    for (Setting<?> setting : Keys.declared()) {
      Layer.Text text = text(setting);
      all.add(shown(setting.key(), text));
    }
    texts.forEach(
        (key, text) -> {
          if (!Keys.all().containsKey(key)) {
            all.add(shown(key, text));
          }
        });
    return all;
  }

  private static Shown shown(String key, Layer.Text text) {
    return new Shown(key, Secrets.shown(key, text.value()), text.origin());
  }

  /** The value of {@code setting}. A folder comes back absolute. */
  @SuppressWarnings("unchecked") // A setting of paths parses paths, and resolving keeps it one.
  public <T> T get(Setting<T> setting) {
    Layer.Text text = text(setting);
    T value = setting.parse(text.value(), text.origin());
    return value instanceof Path path ? (T) home.resolve(path).normalize() : value;
  }

  /** Where the value is from: "flag --port", "environment X", "FILE:LINE" or "default". */
  public String origin(Setting<?> setting) {
    return text(setting).origin();
  }

  /** Where a client's property, with its prefix, is from; as {@link #origin(Setting)}. */
  public String origin(String key) {
    Layer.Text text = texts.get(key);
    return text == null ? "default" : text.origin();
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
