package dev.tandem.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;

/** Some rows of the public files, as files of the same form. */
final class SampleFiles {
  private SampleFiles() {}

  /**
   * The rows of a month, like {@code 2017_08}, of whose numbers from 0 {@code which} says yes.
   *
   * @param name of the file to write
   */
  static Path write(Path folder, String name, String month, IntPredicate which) throws IOException {
    Path real = RealFiles.months(month, month).get(0);
    Path file = Files.createDirectories(folder).resolve(name);
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(real)), UTF_8));
        BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(in.readLine() + "\n");
      String line = in.readLine();
      for (int i = 0; line != null; i++, line = in.readLine()) {
        if (which.test(i)) {
          out.write(line + "\n");
        }
      }
    }
    return file;
  }
}
