package dev.tandem.backfill.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.backfill.archive.Manifest.DataFile;
import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A local folder with the log of one pipeline, a sub-folder for each run: {@code
 * DIR/PIPELINE/run-00001/date=2017-07-01/*.parquet} and {@code _manifest.json}. A run is written
 * beside its place, its manifest last, and moved there at once: it is there as a whole or not at
 * all. Each run begins where the one before it ended.
 */
public final class ArchiveFolder {
  private static final String RUN = "run-%05d";
  private static final String MANIFEST = "_manifest.json";
  private static final String WRITING = ".writing-";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;
  private final List<Manifest> runs;

  private ArchiveFolder(Path folder, List<Manifest> runs) {
    this.folder = folder;
    this.runs = runs;
  }

  /**
   * What is there of a pipeline; nothing where the folder is not there.
   *
   * @throws TandemException failed, when a file of a run is gone or has another size, or runs do
   *     not follow each other
   */
  public static ArchiveFolder open(Path directory, String pipeline) {
    Path folder = directory.resolve(pipeline).toAbsolutePath();
    List<Manifest> runs = new ArrayList<>();
    try {
      for (Path run = run(folder, 1); Files.exists(run); run = run(folder, runs.size() + 1)) {
        Manifest manifest = JSON.readValue(run.resolve(MANIFEST).toFile(), Manifest.class);
        refuseDamage(run, manifest);
        if (!runs.isEmpty() && !runs.get(runs.size() - 1).to().equals(manifest.from())) {
          throw TandemException.failed(
              run + " does not begin where the run before it ended: put the right folder there");
        }
        runs.add(manifest);
      }
    } catch (IOException e) {
      throw TandemException.failed(
          "Cannot read the archive %s (%s): is it complete?".formatted(folder, e), e);
    }
    return new ArchiveFolder(folder, runs);
  }

  private static Path run(Path folder, int number) {
    return folder.resolve(String.format(Locale.ROOT, RUN, number));
  }

  private static void refuseDamage(Path run, Manifest manifest) throws IOException {
    for (DataFile file : manifest.files()) {
      Path path = run.resolve(file.path());
      if (!Files.exists(path) || Files.size(path) != file.bytes()) {
        throw TandemException.failed(
            "The archive has lost %s, or its size is not %,d bytes: put it back"
                .formatted(path, file.bytes()));
      }
    }
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /**
   * @throws TandemException failed, when it does not have the log from its first record on
   */
  public void requireWhole() {
    if (isEmpty() || from().values().stream().anyMatch(offset -> offset > 0)) {
      throw TandemException.failed(
          folder
              + (isEmpty()
                  ? " has no archive: name the folder that was given to archive --out"
                  : " was begun when the log had lost its first records: give files that are"
                      + " complete for the range, with --source files"));
    }
  }

  /** By partition, the first offset that it has; empty when it has nothing. */
  public Map<Integer, Long> from() {
    return isEmpty() ? Map.of() : runs.get(0).from();
  }

  /** By partition, the offset behind the last one that it has; empty when it has nothing. */
  public Map<Integer, Long> to() {
    return isEmpty() ? Map.of() : runs.get(runs.size() - 1).to();
  }

  /** How many records it has. */
  public long records() {
    return runs.stream().mapToLong(Manifest::records).sum();
  }

  /** Absolute paths of its Parquet files. */
  public List<String> files() {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Path run = run(folder, i + 1);
      runs.get(i).files().forEach(file -> files.add(run.resolve(file.path()).toString()));
    }
    return files;
  }

  /**
   * @throws TandemException failed, when it was made of another topic than the one with this id
   */
  public void refuseOtherLog(String topic, String topicId) {
    if (runs.stream().anyMatch(run -> !run.topicId().equals(topicId))) {
      throw TandemException.failed(
          "The archive %s was made of a topic %s that was deleted since: give another folder"
              .formatted(folder, topic));
    }
  }

  /**
   * A folder for the next run to write into. What a run that was killed left behind goes.
   *
   * @throws TandemException wrong use, when it cannot be made
   */
  public Path begin() {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> children = Files.list(folder)) {
        for (Path left : children.filter(ArchiveFolder::isLeft).toList()) {
          Trees.delete(left);
        }
      }
      return Files.createTempDirectory(folder, WRITING);
    } catch (IOException e) {
      throw TandemException.wrongUse(
          "Cannot write to %s (%s): give --out a local folder that can be written"
              .formatted(folder, e),
          e);
    }
  }

  private static boolean isLeft(Path path) {
    return path.getFileName().toString().startsWith(WRITING);
  }

  /**
   * Makes what was written the next run.
   *
   * @param written the folder that {@link #begin} gave, with Parquet files in sub-folders
   * @throws TandemException failed, when another archive has come between or the disk is full;
   *     nothing has changed then
   */
  public Manifest commit(
      Path written, String topicId, Map<Integer, Long> from, Map<Integer, Long> to, long records) {
    try {
      Manifest manifest =
          new Manifest(topicId, new TreeMap<>(from), new TreeMap<>(to), records, files(written));
      JSON.writeValue(written.resolve(MANIFEST).toFile(), manifest);
      Trees.force(written);
      Files.move(written, run(folder, runs.size() + 1), StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } catch (IOException e) {
      throw TandemException.failed(
          "Cannot complete a run of the archive %s (%s): see that the disk has room and no other archive runs, then rerun"
              .formatted(folder, e),
          e);
    }
  }

  private static List<DataFile> files(Path written) throws IOException {
    try (Stream<Path> all = Files.walk(written)) {
      List<DataFile> files = new ArrayList<>();
      for (Path file : all.filter(p -> p.toString().endsWith(".parquet")).toList()) {
        files.add(new DataFile(written.relativize(file).toString(), Files.size(file)));
      }
      files.sort(Comparator.comparing(DataFile::path));
      return files;
    }
  }
}
