package dev.tandem.localkafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes what a command has made for its own time. */
public final class Folders {
  private Folders() {}

  /** Deletes a folder with all that is in it; says so where something is left behind. */
  public static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("tandem: " + folder + " is left behind: " + e.getMessage());
    }
  }
}
