package dev.tandem.replay.init;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem init}. */
@Command(
    name = "init",
    description =
        "Looks at a CSV, JSON-lines or Parquet file and drafts a pipeline for it; what is unsure is"
            + " marked CONFIRM.")
public final class InitCommand implements Callable<Integer> {
  private static final String ENDING = ".yaml";

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      required = true,
      description = "the file to look at")
  private Path from;

  @Option(
      names = "--name",
      paramLabel = "P",
      description = "the pipeline's name (default: made of the file's)")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "time zone of the file's local times, and of days and hours: Europe/Berlin")
  private Optional<String> zone = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the draft goes (default: config/pipelines/P.yaml)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--force", description = "replace a file that is there")
  private boolean force;

  @Override
  public Integer call() {
    String pipeline = name.orElseGet(() -> nameOf(from));
    Path target =
        out.orElseGet(
            () -> common.settings().configDir().resolve("pipelines").resolve(pipeline + ENDING));
    if (Files.exists(target) && !force) {
      throw TandemException.wrongUse(
          target + " is there already: give another --name or --out, or --force to replace it");
    }
    Optional<ZoneId> where = zone.map(InitCommand::zone);
    Sample sample = Sample.of(from);
    String yaml =
        new DraftYaml(Draft.of(sample), sample)
            .write(pipeline, from.getFileName().toString(), where);
    PipelineDefinition definition = write(yaml, target);
    report(yaml, target, definition);
    return 0;
  }

  /** The file's name without endings and digits of its month. */
  private static String nameOf(Path file) {
    String stem = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
    String letters = FieldNames.of(stem.replaceAll("[0-9]+", " "));
    return letters.equals("c") ? "events" : letters;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw TandemException.wrongUse(
          "--zone " + text + ": give a name like Europe/Berlin, or UTC", e);
    }
  }

  /** A draft that cannot be loaded is not left behind. */
  private static PipelineDefinition write(String yaml, Path target) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.writeString(part, yaml);
      PipelineDefinition definition = PipelineLoader.load(part);
      Files.move(part, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return definition;
    } catch (IOException e) {
      throw TandemException.failed("Cannot write " + target + ": " + e, e);
    } finally {
      deleteQuietly(part);
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It is only left over.
    }
  }

  private void report(String yaml, Path target, PipelineDefinition definition) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        "wrote %s: %d fields, %d aggregates%n",
        target, definition.schema().fields().size(), definition.aggregates().size());
    String[] lines = yaml.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.startsWith(DraftYaml.CONFIRM)) {
        text.printf(
            "  line %d, %s: %s%n",
            i + 2, lines[i + 1].strip(), line.substring(DraftYaml.CONFIRM.length()));
      }
    }
    text.println(check(definition));
    text.printf("next: ./tandem replay -p %s %s --dry-run%n", definition.name(), from);
    text.flush();
  }

  /** Reads the beginning of the file as the draft says. */
  private String check(PipelineDefinition definition) {
    int good = 0;
    int rows = 0;
    String first = "";
    try (FileDecoder decoder = FileDecoder.open(definition, from)) {
      for (; rows < Sample.MOST_ROWS && decoder.hasNext(); rows++) {
        Decoded decoded = decoder.next();
        if (decoded instanceof Decoded.Bad bad) {
          first =
              first.isEmpty() ? ", the first in line " + bad.line() + ": " + bad.error() : first;
        } else {
          good++;
        }
      }
    }
    return "read with it: %,d rows, %,d events, %,d rejected%s"
        .formatted(rows, good, rows - good, first);
  }
}
