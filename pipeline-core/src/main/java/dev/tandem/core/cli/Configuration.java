package dev.tandem.core.cli;

import dev.tandem.core.config.Flag;
import dev.tandem.core.config.Home;
import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.kafka.ClientProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings, client properties and pipelines of one run, checked together before anything starts.
 *
 * @param pipelines those that the command names
 * @param problems what is wrong with any of them
 */
record Configuration(Settings settings, List<String> pipelines, Problems problems) {

  /** Wider texts, in characters, stand out of their column. */
  private static final int WIDEST = 48;

  /**
   * @param dir the configuration folder; empty: the one of the project
   * @param command has checks of its own
   */
  static Configuration read(
      Optional<Path> dir,
      List<Flag> flags,
      Map<String, String> environment,
      List<String> pipelines,
      Configured command) {
    Path home = Home.find();
    Problems problems = new Problems();
    Settings settings =
        Settings.read(home, dir.orElse(home.resolve("config")), flags, environment, problems);
    ClientProperties.check(settings, problems);
    pipelines.forEach(
        name -> problems.check(() -> PipelineLoader.load(settings.configDir(), name)));
    problems.check(() -> command.check(settings, problems));
    return new Configuration(settings, pipelines, problems);
  }

  /** The settings, when everything is right. */
  Settings checked() {
    problems.refuse();
    return settings;
  }

  /** Each setting, its value and where it is from, in columns, for a person to read. */
  String explained() {
    StringBuilder text = new StringBuilder();
    List<Settings.Shown> all = settings.shown();
    int keys = width(all.stream().map(Settings.Shown::key).toList());
    int values = width(all.stream().map(s -> oneLine(s.value())).toList());
    for (Settings.Shown setting : all) {
      String line = pad(setting.key(), keys) + "  " + pad(oneLine(setting.value()), values) + "  ";
      text.append(line).append(setting.origin()).append('\n');
    }
    for (String pipeline : pipelines) {
      Path file = settings.configDir().resolve("pipelines").resolve(pipeline + ".yaml");
      text.append("pipeline ").append(pipeline).append("  ").append(file).append('\n');
    }
    return text.toString();
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).filter(n -> n <= WIDEST).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String oneLine(String value) {
    return value.replace("\r", "\\r").replace("\n", "\\n");
  }
}
