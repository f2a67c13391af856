package dev.tandem.core.cli;

import dev.tandem.core.config.Home;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that work everywhere; a command takes them as a picocli mixin. */
public final class CommonOptions {

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "folder of the configuration (default: config)")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka broker (default: localhost:9092)")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, over environment and files; may be repeated")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--verbose", description = "show the stack trace of an error")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself.
  private boolean help;

  /** The settings of this run. */
  public Settings settings() {
    return settings(Map.of());
  }

  /**
   * The settings of this run, for a command with flags that stand for a setting.
   *
   * @param flags their texts by key; they win over {@code --set}
   */
  public Settings settings(Map<String, String> flags) {
    Path home = Home.find();
    Map<String, String> all = new LinkedHashMap<>(set);
    bootstrap.ifPresent(value -> all.put(Keys.BOOTSTRAP.key(), value));
    all.putAll(flags);
    return Settings.load(home, config.orElse(home.resolve("config")), all, System.getenv());
  }

  /** These options as they were given, for a command that runs another one. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    config.ifPresent(dir -> arguments.addAll(List.of("--config", dir.toString())));
    bootstrap.ifPresent(brokers -> arguments.addAll(List.of("--bootstrap", brokers)));
    set.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    if (verbose) {
      arguments.add("--verbose");
    }
    return arguments;
  }

  /** Whether stack traces are wanted. */
  public boolean verbose() {
    return verbose;
  }
}
