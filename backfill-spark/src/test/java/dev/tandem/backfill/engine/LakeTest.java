package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  private static final ZoneId PORTLAND = ZoneId.of("America/Los_Angeles");

  @TempDir private Path folder;

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli());
  }

  private static PipelineDefinition biketown() {
    Path config = Path.of(System.getProperty("tandem.home")).resolve("config");
    return PipelineText.load(config, "biketown").definition();
  }

  /** A month's edge is one of the pipeline's zone, with its clock change. */
  @Test
  void shouldRefuseARangeThatCutsAMonth() {
    PipelineDefinition pipeline = biketown();
    Lake.of(folder, pipeline, TimeRange.ALL);
    Lake.of(folder, pipeline, range("2017-03-01T08:00:00Z", "2017-04-01T07:00:00Z"));
    assertThatThrownBy(
            () -> Lake.of(folder, pipeline, range("2017-03-01T00:00:00Z", "2017-04-01T07:00:00Z")))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("whole months");
  }

  @Test
  void shouldReplaceMonthsAndTakeAwayThoseOfTheRangeThatHaveNoRows() throws IOException {
    Path lake = folder.resolve("trips");
    for (String month : new String[] {"2017-01", "2017-02", "2017-03"}) {
      file(lake, month, LakeMonths.FILE, "old " + month);
    }
    Files.writeString(lake.resolve("README"), "kept");
    Path written = folder.resolve("written");
    file(written, "2017-03", "part-00000.zstd.parquet", "new");
    file(written, "2017-03", ".part-00000.zstd.parquet.crc", "checksum");

    new LakeMonths(lake)
        .replace(written, range("2017-02-01T08:00:00Z", "2017-04-01T07:00:00Z"), PORTLAND);
    assertThat(lake.resolve("month=2017-01/rows.parquet")).hasContent("old 2017-01");
    assertThat(lake.resolve("month=2017-03/rows.parquet")).hasContent("new");
    try (Stream<Path> left = Files.list(lake)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("README", "month=2017-01", "month=2017-03");
    }
  }

  private static void file(Path parent, String month, String name, String content)
      throws IOException {
    Path dir = Files.createDirectories(parent.resolve("month=" + month));
    Files.writeString(dir.resolve(name), content);
  }
}
