package dev.tandem.backfill.engine;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pipeline on its way to executors: its YAML text, parsed once a JVM.
 *
 * @param yaml the whole file
 */
public record PipelineText(String name, String yaml) implements Serializable {
  private static final Map<PipelineText, PipelineDefinition> PARSED = new ConcurrentHashMap<>();

  /** The pipeline {@code name} of a configuration folder. */
  public static PipelineText load(Path configDir, String name) {
    PipelineDefinition definition = PipelineLoader.load(configDir, name);
    Path file = configDir.resolve("pipelines").resolve(name + ".yaml");
    try {
      PipelineText text = new PipelineText(name, Files.readString(file, StandardCharsets.UTF_8));
      PARSED.put(text, definition);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public PipelineDefinition definition() {
    return PARSED.computeIfAbsent(this, PipelineText::parse);
  }

  private PipelineDefinition parse() {
    try {
      Path file = Files.createTempFile(name, ".yaml");
      try {
        Files.writeString(file, yaml, StandardCharsets.UTF_8);
        return PipelineLoader.load(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
