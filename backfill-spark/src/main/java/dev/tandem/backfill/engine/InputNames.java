package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.RunInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** Input files by the names on a command line: local ones, and URIs that Hadoop understands. */
public final class InputNames {
  private InputNames() {}

  /**
   * The files in the given order, those of a pattern or folder sorted by name.
   *
   * @throws TandemException wrong use, when a name gives no file or a local file has none of the
   *     pipeline's formats
   */
  public static List<String> expand(PipelineDefinition pipeline, List<String> names) {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      if (FileReading.isUri(name)) {
        files.addAll(expandUri(name));
      } else {
        for (Path file : InputFiles.expand(pipeline, List.of(name))) {
          // Opening finds a file of another format before anything is touched.
          FileDecoder.open(pipeline, file).close();
          files.add(file.toAbsolutePath().toString());
        }
      }
    }
    return files.stream().distinct().toList();
  }

  /**
   * Reads a file that a run has read before.
   *
   * @return what is wrong with it now, for a message; empty when it is as it was
   */
  public static Optional<String> changed(RunInput then) {
    RunInput now;
    try (HashedStream in = HashedStream.open(then.file())) {
      now = in.finish();
    } catch (TandemException | IOException e) {
      return Optional.of("which cannot be read any more (" + e.getMessage() + ")");
    }
    if (now.equals(then)) {
      return Optional.empty();
    }
    return Optional.of(
        now.bytes() == then.bytes()
            ? "whose content has changed since"
            : String.format(
                Locale.ROOT,
                "which has changed since (%,d bytes then, %,d now)",
                then.bytes(),
                now.bytes()));
  }

  private static List<String> expandUri(String name) {
    org.apache.hadoop.fs.Path pattern = new org.apache.hadoop.fs.Path(name);
    try {
      org.apache.hadoop.fs.FileSystem files = pattern.getFileSystem(new Configuration());
      FileStatus[] found = files.globStatus(pattern);
      List<String> names = new ArrayList<>();
      for (FileStatus status : found == null ? new FileStatus[0] : found) {
        FileStatus[] inside =
            status.isDirectory() ? files.listStatus(status.getPath()) : new FileStatus[] {status};
        Arrays.stream(inside)
            .filter(FileStatus::isFile)
            .map(file -> file.getPath().toString())
            .sorted()
            .forEach(names::add);
      }
      if (names.isEmpty()) {
        throw TandemException.wrongUse("No files match " + name + ": check the URI and pattern");
      }
      return names;
    } catch (IOException | UnsupportedOperationException e) {
      throw TandemException.failed("Cannot look for " + name + ": " + e.getMessage(), e);
    }
  }
}
