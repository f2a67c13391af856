package dev.tandem.backfill.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFolderTest {
  private static final String TOPIC = "topic-1";

  @TempDir private Path folder;

  private ArchiveFolder open() {
    return ArchiveFolder.open(folder, "trips");
  }

  private static Path write(Path run) throws IOException {
    Path day = Files.createDirectories(run.resolve("date=2017-07-01"));
    return Files.writeString(day.resolve("part.parquet"), "rows");
  }

  private void archive(long from, long to) throws IOException {
    ArchiveFolder archive = open();
    Path written = archive.begin();
    write(written);
    archive.commit(written, TOPIC, Map.of(0, from), Map.of(0, to), to - from);
  }

  @Test
  void shouldContinueWhereTheLastRunEnded() throws IOException {
    assertThat(open().isEmpty()).isTrue();
    archive(0, 10);
    archive(10, 15);
    ArchiveFolder archive = open();
    assertThat(archive.from()).isEqualTo(Map.of(0, 0L));
    assertThat(archive.to()).isEqualTo(Map.of(0, 15L));
    assertThat(archive.records()).isEqualTo(15);
    assertThat(archive.files())
        .extracting(file -> folder.resolve("trips").relativize(Path.of(file)).toString())
        .containsExactly(
            "run-00001/date=2017-07-01/part.parquet", "run-00002/date=2017-07-01/part.parquet");
  }

  /** It is as if the run had not been, and the next one clears up. */
  @Test
  void shouldNotCountARunThatWasKilled() throws IOException {
    archive(0, 10);
    Path killed = open().begin();
    write(killed);
    assertThat(open().to()).isEqualTo(Map.of(0, 10L));
    archive(10, 20);
    assertThat(killed).doesNotExist();
    assertThat(open().records()).isEqualTo(20);
  }

  /** Of two at once the second finds its place taken. */
  @Test
  void shouldLetOnlyOneOfTwoRunsIntoAPlace() throws IOException {
    ArchiveFolder late = open();
    archive(0, 10);
    Path written = late.begin();
    write(written);
    assertThatThrownBy(() -> late.commit(written, TOPIC, Map.of(0, 0L), Map.of(0, 12L), 12))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("no other archive runs");
    assertThat(open().to()).isEqualTo(Map.of(0, 10L));
  }

  @Test
  void shouldRefuseAnArchiveThatHasLostSomething() throws IOException {
    archive(0, 10);
    Path file = Path.of(open().files().get(0));
    Files.writeString(file, "half");
    assertThat(open().records()).as("the same size").isEqualTo(10);
    Files.writeString(file, "ha");
    assertThatThrownBy(this::open).hasMessageContaining("put it back");
    Files.delete(file);
    assertThatThrownBy(this::open).hasMessageContaining("put it back");
  }

  @Test
  void shouldRefuseRunsThatDoNotFollowEachOther() throws IOException {
    archive(0, 10);
    archive(11, 12);
    assertThatThrownBy(this::open).hasMessageContaining("does not begin where");
  }

  @Test
  void shouldRefuseAnotherTopicAndABeginningThatIsMissing() throws IOException {
    assertThatThrownBy(() -> open().requireWhole()).hasMessageContaining("has no archive");
    archive(5, 10);
    assertThatThrownBy(() -> open().requireWhole()).hasMessageContaining("lost its first records");
    open().refuseOtherLog("trips.events", TOPIC);
    assertThatThrownBy(() -> open().refuseOtherLog("trips.events", "topic-2"))
        .hasMessageContaining("deleted since");
  }
}
