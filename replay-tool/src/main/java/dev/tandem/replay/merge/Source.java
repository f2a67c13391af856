package dev.tandem.replay.merge;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/**
 * A file of a replay, standard input, or a live stream.
 *
 * @param index its place among the files, from 0
 * @param path absent: standard input or a stream, which is read once
 * @param name as it was given, for messages and the source of rejected rows
 * @param bytes as it lies on the disk; 0 for standard input
 */
public record Source(int index, Optional<Path> path, String name, long bytes) {
  /**
   * Files in the order in which they were given.
   *
   * @throws TandemException when one is not there or cannot be read
   */
  public static List<Source> files(List<Path> files) {
    return IntStream.range(0, files.size()).mapToObj(i -> file(i, files.get(i))).toList();
  }

  private static Source file(int index, Path file) {
    try {
      return new Source(index, Optional.of(file), file.toString(), Files.size(file));
    } catch (NoSuchFileException e) {
      throw TandemException.wrongUse("No file " + file + ": check the path", e);
    } catch (IOException e) {
      throw TandemException.failed("Cannot open " + file + ": " + e, e);
    }
  }

  /** Standard input as the only source. */
  public static List<Source> standardInput() {
    return List.of(new Source(0, Optional.empty(), "stdin", 0));
  }

  /** A live stream as the only source; whoever asks for it reads it. */
  public static Source stream(String name) {
    return new Source(0, Optional.empty(), name, 0);
  }

  /** Whether it can be read more than once. */
  boolean isFile() {
    return path.isPresent();
  }

  /**
   * Opens it from its beginning.
   *
   * @param intake counts what is read
   * @throws TandemException as {@link FileDecoder#open}
   */
  FileDecoder open(PipelineDefinition pipeline, Intake intake) {
    try {
      if (path.isPresent() && FileDecoder.isParquet(path.get())) {
        InputFile file = intake.counting(new LocalInputFile(path.get()));
        return FileDecoder.openParquet(pipeline, file, name);
      }
    } catch (IOException e) {
      throw TandemException.failed("Cannot open " + name + ": " + e, e);
    }
    return FileDecoder.open(pipeline, intake.counting(stream()), name);
  }

  private InputStream stream() {
    if (path.isEmpty()) {
      return System.in;
    }
    try {
      return Files.newInputStream(path.get());
    } catch (IOException e) {
      throw TandemException.failed("Cannot open " + name + ": " + e, e);
    }
  }
}
