package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An aggregate that is added to the YAML of a running system: live from the restart on, its history
 * from a backfill.
 */
class NewAggregateIT {
  @Test
  void shouldFillTheHistoryOfANewAggregate(@TempDir Path folder) throws Exception {
    List<Path> months = RealFiles.months("2017_05", "2017_06");
    Path config = copyConfig(folder.resolve("config"));
    String first = months.get(0).toString();
    String second = months.get(1).toString();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        TestSystem system = new TestSystem(folder, "biketown", "--config", config.toString())) {
      system.run(0, "replay", first);
      Path yaml = config.resolve("pipelines/biketown.yaml");
      String text = Files.readString(yaml);
      Files.writeString(
          yaml,
          text.replace(
              "\naggregates:\n", "\naggregates:\n  bikes_monthly: {by: [bike], window: month}\n"));
      assertThat(
              TandemProcess.run(
                  1,
                  "backfill",
                  "-p",
                  "biketown",
                  "--config",
                  config.toString(),
                  "--bootstrap",
                  system.bootstrap(),
                  "--set",
                  "ack.timeout=3s",
                  "--files",
                  first,
                  second))
          .contains("start the app with this definition first");
      system.app().stop();
      system.startApp();
      system.run(0, "replay", second);
      assertThat(system.get("/api/v1/biketown/aggregates/bikes_monthly?limit=1"))
          .contains("\"complete\":false");
      system.run(0, "backfill", "--max-change", "100%", "--files", first, second);
      assertThat(system.run(0, "verify", "--files", first, second)).contains(", 0 different");
      assertThat(system.get("/api/v1/biketown/aggregates/bikes_monthly?limit=1"))
          .contains("\"complete\":true");
      BiketownOracle.loadTrips(duckdb, months);
      BiketownOracle.computeRows(duckdb, true);
      ServedRows.load(duckdb, system.bootstrap());
      assertThat(ServedRows.compare(duckdb, "true"))
          .isEqualTo(
              new ServedRows.Difference(
                  0, 0, 0, ServedRows.count(duckdb, "SELECT count(*) FROM expected")));
    }
  }

  private static Path copyConfig(Path to) throws IOException {
    Path from = Path.of(System.getProperty("tandem.home")).resolve("config");
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path target = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(target);
              } else {
                Files.write(
                    target,
                    Files.readString(file, StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return to;
  }
}
