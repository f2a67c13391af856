package dev.tandem.bench.work;

import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.core.TandemException;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * BIKETOWN with its five contract aggregates over a set of files.
 *
 * @param name for people and results, such as {@code 1,200,000 made-up events}
 * @param folder of everything that is prepared from the files, kept for the next call
 */
public record Work(String name, Path folder, PipelineDefinition pipeline, List<Path> files) {
  private static final String PIPELINE = "biketown";
  private static final String SEED = "6";

  public Work {
    files = List.copyOf(files);
  }

  /** The folder with the pipeline that is measured. */
  public static Path config(Path home) {
    return home.resolve("bench/config");
  }

  /** The pipeline that is measured. */
  public static PipelineDefinition biketown(Path home) {
    return PipelineLoader.load(config(home), PIPELINE);
  }

  /** The work of this call: the files that it names, or made-up ones, made where missing. */
  public static Work of(Bench bench) throws InterruptedException {
    return bench.data().isPresent()
        ? given(bench, bench.data().get().toAbsolutePath().normalize())
        : madeUp(bench, bench.events());
  }

  private static Work given(Bench bench, Path data) {
    PipelineDefinition pipeline = biketown(bench.home());
    String key = "files-" + Integer.toHexString(data.toString().hashCode());
    return new Work(
        "files of " + data.getFileName(),
        bench.folder().resolve(key),
        pipeline,
        InputFiles.expand(pipeline, List.of(data.toString())));
  }

  /** A history of so many events, the same on every machine. */
  public static Work madeUp(Bench bench, long events) throws InterruptedException {
    Path folder = bench.folder().resolve("events-" + events);
    Path files = folder.resolve("files");
    if (!Files.exists(files)) {
      Path unfinished = folder.resolve("files.part");
      make(folder);
      bench.say(String.format(Locale.ROOT, "making a history of %,d events", events));
      generate(bench, events, unfinished, folder.resolve("generate.log"));
      try {
        Files.move(unfinished, files);
      } catch (IOException e) {
        throw TandemException.failed("cannot rename " + unfinished + ": " + e.getMessage(), e);
      }
    }
    PipelineDefinition pipeline = biketown(bench.home());
    return new Work(
        String.format(Locale.ROOT, "%,d made-up events", events),
        folder,
        pipeline,
        InputFiles.expand(pipeline, List.of(files.toString())));
  }

  /** A command of Tandem on a broker, with the pipeline that is measured. */
  public static List<String> tandem(
      Path home, String bootstrap, String command, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                home.resolve("tandem").toString(),
                command,
                "-p",
                PIPELINE,
                "--config",
                config(home).toString(),
                "--bootstrap",
                bootstrap));
    all.addAll(List.of(arguments));
    return all;
  }

  /** An empty folder for what is not kept. */
  public Path temporary(String prefix) {
    try {
      return Files.createTempDirectory(folder, prefix);
    } catch (IOException e) {
      throw TandemException.failed("cannot make a folder in " + folder + ": " + e, e);
    }
  }

  private static void generate(Bench bench, long events, Path out, Path log)
      throws InterruptedException {
    List<String> command =
        List.of(
            bench.home().resolve("tandem").toString(),
            "generate",
            "-p",
            PIPELINE,
            "--config",
            config(bench.home()).toString(),
            "--events",
            Long.toString(events),
            "--seed",
            SEED,
            "--out",
            out.toString());
    try (EngineProcess process = EngineProcess.start(command, log, line -> {})) {
      if (process.join() != 0) {
        throw TandemException.failed("no history was made: see " + log);
      }
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw TandemException.failed("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }
}
