package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.PipelineDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
