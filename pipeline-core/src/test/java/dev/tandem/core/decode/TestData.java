package dev.tandem.core.decode;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real files, which are not part of the project: {@code $TANDEM_DATA} or {@code ../shared/data}.
 */
final class TestData {
  private TestData() {}

  /** Trips of July 2017; skips as {@link #folder}. */
  static Path july() {
    return folder("biketown").resolve("2017_07.csv.gz");
  }

  /** Posts of July 6th, 2021; skips as {@link #folder}. */
  static Path posts() {
    return folder("posts").resolve("tweets-2021-07-06.jsonl.gz");
  }

  /**
   * A folder of the real files; where there is none the test is skipped and says so. To be called
   * in a test: where a class is made, it would fail.
   */
  static Path folder(String name) {
    String root = System.getProperty("tandem.data", System.getenv("TANDEM_DATA"));
    // Tests run in the module's folder.
    Path folder = (root == null ? Path.of("../../shared/data") : Path.of(root)).resolve(name);
    assumeThat(Files.isDirectory(folder))
        .as("real data: no folder %s, set TANDEM_DATA to have this test", folder.toAbsolutePath())
        .isTrue();
    return folder;
  }
}
