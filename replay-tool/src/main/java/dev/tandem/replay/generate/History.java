package dev.tandem.replay.generate;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes a sample history of a pipeline in the first of its file formats: monthly gzip files from
 * January 2017. The same pipeline, count and seed give the same bytes.
 */
public final class History {
  private static final Pattern OURS = Pattern.compile("\\d{4}_\\d{2}\\..+\\.gz");
  private static final int BUFFER = 1 << 16;

  private final PipelineDefinition pipeline;
  private final long events;
  private final long seed;

  /**
   * @param events at least 1; rows that are blank, broken or repeated come on top
   * @throws TandemException wrong use: no events, or a pipeline without a file format
   */
  public History(PipelineDefinition pipeline, long events, long seed) {
    if (events < 1) {
      throw TandemException.wrongUse("--events " + events + ": give 1 or more");
    }
    if (pipeline.formats().isEmpty()) {
      throw TandemException.wrongUse(
          "The pipeline " + pipeline.name() + " has no file format: add one under formats");
    }
    this.pipeline = pipeline;
    this.events = events;
    this.seed = seed;
  }

  /**
   * Writes the files into {@code folder}, which is made where it is missing. Each file appears
   * whole; files of the same names are replaced.
   *
   * @param each told of every finished file
   * @return the files, in the order of time
   * @throws TandemException when the folder holds other monthly files (they would be read as part
   *     of this history), or cannot be written
   */
  public List<Path> write(Path folder, Consumer<Path> each) {
    Generator generator = generator(pipeline);
    List<Month> months = Month.plan(events);
    List<Path> files = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      months.forEach(m -> files.add(folder.resolve(m.fileName() + generator.ending())));
      refuseOthers(folder, files);
      for (Month month : months) {
        Path file = files.get(month.index());
        write(generator, month, file);
        each.accept(file);
      }
    } catch (IOException e) {
      throw TandemException.failed("Cannot write the history into " + folder + ": " + e, e);
    }
    return files;
  }

  private static Generator generator(PipelineDefinition pipeline) {
    SourceFormat format = pipeline.formats().get(0);
    if (BiketownGenerator.fits(format)) {
      return new BiketownGenerator(pipeline.zone());
    }
    return PostsGenerator.fits(format)
        ? new PostsGenerator(pipeline.zone())
        : new GenericGenerator(pipeline, format);
  }

  private static void refuseOthers(Path folder, List<Path> files) throws IOException {
    try (Stream<Path> present = Files.list(folder)) {
      present
          .filter(p -> OURS.matcher(p.getFileName().toString()).matches() && !files.contains(p))
          .sorted()
          .findFirst()
          .ifPresent(
              other -> {
                throw TandemException.wrongUse(
                    "The folder "
                        + folder
                        + " holds "
                        + other.getFileName()
                        + " of another history: give an empty folder with --out");
              });
    }
  }

  private void write(Generator generator, Month month, Path file) throws IOException {
    Random random =
        new Random(Chance.seed(pipeline.name().hashCode(), events, seed, month.index()));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(part), BUFFER), StandardCharsets.UTF_8),
            BUFFER)) {
      generator.write(month, random, out);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
