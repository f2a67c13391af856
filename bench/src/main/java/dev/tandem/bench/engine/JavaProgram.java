package dev.tandem.bench.engine;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A main class of a module, on this JVM's own Java, with that module's class path alone.
 *
 * @param home the folder of the launcher
 * @param module its folder in it, such as {@code bench/dsl-peer}
 * @param flags for the JVM
 */
public record JavaProgram(Path home, String module, String main, List<String> flags) {
  /** What the launcher has the second compiler of Tandem's JVMs do; Spark and Flink gain by it. */
  public static final List<String> LESS_INLINING =
      List.of("-XX:InlineSmallCode=800", "-XX:FreqInlineSize=120");

  public JavaProgram {
    flags = List.copyOf(flags);
  }

  /**
   * Builds the module when it is not there yet or older than its sources.
   *
   * @throws TandemException when it cannot be built
   */
  public void build() throws InterruptedException {
    try {
      Process build =
          new ProcessBuilder(home.resolve("tandem").toString(), "build", module)
              .inheritIO()
              .start();
      if (build.waitFor() != 0) {
        throw TandemException.failed(module + " cannot be measured: it is not built");
      }
    } catch (IOException e) {
      throw TandemException.failed("cannot build " + module + ": " + e.getMessage(), e);
    }
  }

  /** The command that runs it. */
  public List<String> command(List<String> arguments) {
    return command(List.of(module), arguments);
  }

  /**
   * The command that runs it with the libraries of another module beside its own.
   *
   * @param other that module's folder
   */
  public List<String> command(String other, List<String> arguments) {
    return command(List.of(other, module), arguments);
  }

  private List<String> command(List<String> modules, List<String> arguments) {
    String libraries =
        modules.stream()
            .map(folder -> ":" + target(folder).resolve("lib") + "/*")
            .collect(Collectors.joining());
    Path jar = target(module).resolve(Path.of(module).getFileName() + ".jar");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Dtandem.home=" + home,
            "-Dlogback.configurationFile=" + home.resolve("config/logback.xml"),
            "-Dlog4j2.configurationFile=" + home.resolve("config/log4j2.properties"),
            "-cp",
            jar + libraries,
            main));
    command.addAll(arguments);
    return command;
  }

  private Path target(String folder) {
    return home.resolve(folder).resolve("target");
  }
}
