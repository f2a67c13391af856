package dev.tandem.core.decode;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real files, which are not part of the project: {@code $TANDEM_DATA} or {@code ../shared/data}.
 */
final class TestData {
  private TestData() {}

  /** A folder of the real files; where there is none the test is skipped and says so. */
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
