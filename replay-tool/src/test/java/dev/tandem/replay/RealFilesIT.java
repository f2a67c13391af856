package dev.tandem.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.cli.Cli;
import dev.tandem.core.config.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The published files themselves, where they are at hand. */
class RealFilesIT {
  private static final Path DATA =
      Optional.ofNullable(System.getenv("TANDEM_DATA"))
          .map(Path::of)
          .orElseGet(() -> Home.find().resolve("../shared/data"));

  @Test
  void shouldCountTheTwentyOneMonthsOfBiketown() {
    assertThat(dryRun("biketown", "biketown").lines())
        .anyMatch(l -> l.matches("all +523,588 +519,500 +4,088 .*blank 4,088"))
        .anyMatch(l -> l.matches(".*2017_08.csv.gz +48,648 +47,103 +1,545 .*"))
        .hasSizeGreaterThanOrEqualTo(23);
  }

  @Test
  void shouldReadBothFormatsOfCitibike() {
    assertThat(dryRun("citibike", "citibike-jc").lines())
        .anyMatch(l -> l.matches("all +14,149 +14,149 +0 .*"));
  }

  private static String dryRun(String pipeline, String folder) {
    Path data = DATA.resolve(folder);
    assumeTrue(Files.isDirectory(data), () -> "skipped: no real files at " + data);
    StringWriter out = new StringWriter();
    int status =
        Cli.run(
            new Main(),
            new PrintWriter(out),
            new PrintWriter(out),
            "replay",
            "-p",
            pipeline,
            "--dry-run",
            data.toString());
    assertThat(out.toString()).isNotBlank();
    assertThat(status).isZero();
    return out.toString();
  }
}
