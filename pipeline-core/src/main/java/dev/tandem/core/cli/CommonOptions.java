package dev.tandem.core.cli;

import dev.tandem.core.config.Flag;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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

  @Option(
      names = "--explain-config",
      help = true,
      description =
          "show each setting, its value and where it is from, and what is wrong; do nothing")
  private boolean explain;

  @Option(names = "--verbose", description = "show the stack trace of an error")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself.
  private boolean help;

  private Configured command = new Configured() {};
  private List<String> pipelines = List.of();

  /**
   * The settings of this run, after everything was checked: they, the clients' properties and the
   * pipelines that the command names.
   *
   * @throws dev.tandem.core.TandemException wrong use, with a line for everything that is wrong
   */
  public Settings settings() {
    return configuration().checked();
  }

  Configuration configuration() {
    List<Flag> flags = new ArrayList<>();
    set.forEach((key, value) -> flags.add(Flag.set(key, value)));
    bootstrap.ifPresent(value -> flags.add(new Flag("--bootstrap", Keys.BOOTSTRAP.key(), value)));
    flags.addAll(command.flags());
    return Configuration.read(config, flags, System.getenv(), pipelines, command);
  }

  /** Whether the settings are to be shown, and nothing is to be done. */
  boolean explain() {
    return explain;
  }

  /** Those of a command, which are told what the command is; empty when it has none. */
  static Optional<CommonOptions> of(CommandSpec spec) {
    Optional<CommonOptions> found = in(spec);
    found.ifPresent(
        options -> {
          if (spec.userObject() instanceof Configured configured) {
            options.command = configured;
          }
          OptionSpec pipeline = spec.findOption("--pipeline");
          options.pipelines = pipeline == null ? List.of() : names(pipeline.getValue());
        });
    return found;
  }

  private static Optional<CommonOptions> in(CommandSpec spec) {
    if (spec.userObject() instanceof CommonOptions options) {
      return Optional.of(options);
    }
    return spec.mixins().values().stream().flatMap(mixin -> in(mixin).stream()).findFirst();
  }

  /** Of {@code -p}, which some commands take as one text and some as a list. */
  private static List<String> names(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).distinct().toList();
    }
    String text = value == null ? "" : value.toString();
    return Arrays.stream(text.split(",")).filter(name -> !name.isEmpty()).distinct().toList();
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
