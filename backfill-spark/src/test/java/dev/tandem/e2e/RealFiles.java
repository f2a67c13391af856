package dev.tandem.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The public BIKETOWN files, which are not part of the project. */
final class RealFiles {
  private RealFiles() {}

  /** The trips' folder; skips the test, saying so, where the files are absent. */
  static Path folder() {
    return folder("biketown");
  }

  /** The same of another data set. */
  static Path folder(String name) {
    String named = Optional.ofNullable(System.getenv("TANDEM_DATA")).orElse("../shared/data");
    Path folder =
        Path.of(System.getProperty("tandem.home")).resolve(named).resolve(name).normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "no real files in " + folder + ": set TANDEM_DATA to the folder that holds " + name + "/");
    return folder;
  }

  /** The months from {@code first} to {@code last}, both like {@code 2017_03}. */
  static List<Path> months(String first, String last) {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(f -> month(f).compareTo(first) >= 0 && month(f).compareTo(last) <= 0)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String month(Path file) {
    return file.getFileName().toString().substring(0, 7);
  }
}
