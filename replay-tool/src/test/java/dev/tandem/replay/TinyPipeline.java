package dev.tandem.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A pipeline of two columns, {@code id} and {@code at} (epoch milliseconds), and its files. */
public final class TinyPipeline {
  private final Path dir;
  private final String name;

  /**
   * @param dir of its files; the configuration goes to {@code dir/config}
   */
  public TinyPipeline(Path dir, String name) {
    this.dir = dir;
    this.name = name;
    write(
        config().resolve("pipelines").resolve(name + ".yaml"),
        """
        pipeline: %s
        zone: America/Los_Angeles
        fields: {name: string, at: timestamp}
        id: name
        time: at
        formats:
          csv:
            type: csv
            columns:
              name: id
              at: {from: at, as: epoch_ms}
          lines:
            type: json-lines
            paths:
              name: id
              at: {from: at, as: epoch_ms}
        aggregates:
          all: {window: day, metrics: {n: count}}
        """
            .formatted(name));
  }

  public Path config() {
    return dir.resolve("config");
  }

  public PipelineDefinition definition() {
    return PipelineLoader.load(config(), name);
  }

  /** Changes a text of the definition. */
  public void redefine(String text, String by) {
    Path file = config().resolve("pipelines").resolve(name + ".yaml");
    try {
      write(file, Files.readString(file, UTF_8).replace(text, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A CSV file of rows such as {@code a,1000}. */
  public Path csv(String file, List<String> rows) {
    return write(dir.resolve(file), "id,at\n" + String.join("\n", rows) + "\n");
  }

  /** The same, cut off in the middle of its gzip stream. */
  public Path truncatedGzip(String file, List<String> rows) {
    Path path = dir.resolve(file);
    try {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
        out.write(("id,at\n" + String.join("\n", rows) + "\n").getBytes(UTF_8));
      }
      byte[] whole = Files.readAllBytes(path);
      Files.write(path, java.util.Arrays.copyOf(whole, whole.length / 2));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
