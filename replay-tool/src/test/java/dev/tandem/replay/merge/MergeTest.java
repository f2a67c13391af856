package dev.tandem.replay.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.replay.TinyPipeline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MergeTest {
  @TempDir Path dir;
  private TinyPipeline tiny;
  private PipelineDefinition pipeline;

  @BeforeEach
  void definePipeline() {
    tiny = new TinyPipeline(dir, "tiny");
    pipeline = tiny.definition();
  }

  @Test
  void shouldOrderEventsOfAllFilesByTimeThenFileThenLine() {
    Path one = tiny.csv("one.csv", List.of("a,10", "b,20", "c,20", "d,50"));
    Path two = tiny.csv("two.csv", List.of("e,20", "f,30", "g,60"));
    assertThat(merge(100, one, two)).containsExactly("a", "b", "c", "e", "f", "d", "g");
    assertThat(merge(100, two, one)).containsExactly("a", "e", "b", "c", "f", "d", "g");
  }

  @Test
  void shouldSortAFileThatIsNearlySorted() {
    Path file = tiny.csv("one.csv", List.of("c,30", "a,10", "b,20", "e,50", "d,40"));
    assertThat(merge(3, file)).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void shouldGiveAnEventThatComesTooLateOutOfOrderInsteadOfLosingIt() {
    Path file = tiny.csv("one.csv", List.of("b,20", "c,30", "d,40", "e,50", "a,10", "f,60"));
    assertThat(merge(3, file)).containsExactly("b", "c", "a", "d", "e", "f");
  }

  @Test
  void shouldGiveRowsThatAreNoEventsAtOnce() {
    Path file = tiny.csv("one.csv", List.of("a,10", ",", "b,20", "no time,", "c,30"));
    assertThat(merge(10, file)).containsExactly("!3", "!5", "a", "b", "c");
  }

  @Test
  void shouldOpenAFileOnlyWhenItsFirstEventsAreReached() {
    List<String> early = rows("a", 0, 5_000);
    Path one = tiny.csv("one.csv", early);
    Path two = tiny.csv("two.csv", rows("b", 10_000, 5_000));
    Intake intake = new Intake();
    try (Merge merge = new Merge(pipeline, Source.files(List.of(one, two)), intake, 100)) {
      for (int i = 0; i < 4_000; i++) {
        merge.next();
      }
      assertThat(intake.rows()).isLessThanOrEqualTo(5_000);
      assertThat(drain(merge)).hasSize(6_000);
    }
    assertThat(intake.rows()).isEqualTo(10_000);
  }

  @Test
  void shouldGiveAllBeforeABreakAndThenTheFailure() {
    Path whole = tiny.csv("whole.csv", rows("w", 0, 40_000));
    Path broken = tiny.truncatedGzip("broken.csv.gz", rows("b", 0, 40_000));
    List<String> got = new ArrayList<>();
    try (Merge merge = merge(50, List.of(whole, broken))) {
      assertThatThrownBy(
              () -> {
                for (Optional<Entry> e = merge.next(); e.isPresent(); e = merge.next()) {
                  got.add(text(e.get()));
                }
              })
          .isInstanceOf(TandemException.class)
          .hasMessageContaining("broken.csv.gz");
      assertThatThrownBy(merge::next).isInstanceOf(TandemException.class);
    }
    int read = (int) got.stream().filter(t -> t.startsWith("b")).count();
    assertThat(read).isBetween(5_000, 39_999);
    assertThat(got)
        .filteredOn(t -> t.startsWith("b"))
        .containsExactlyElementsOf(IntStream.range(0, read).mapToObj(i -> "b" + i).toList());
    assertThat(got).as("the others as far").hasSizeBetween(2 * read, 2 * read + 1);
  }

  @Test
  void shouldRefuseAFileOfNoFormatBeforeTheFirstEntry() {
    Path good = tiny.csv("good.csv", List.of("a,10"));
    Path wrong = tiny.csv("wrong.csv", List.of());
    assertThat(wrong).exists();
    Path noColumn = dir.resolve("none.csv");
    assertThatThrownBy(
            () -> {
              java.nio.file.Files.writeString(noColumn, "id,when\na,10\n");
              new Merge(pipeline, Source.files(List.of(good, noColumn)), new Intake()).close();
            })
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("none.csv");
  }

  /** Against a plain sort, and against itself: resuming rests on an order that never changes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldGiveTheSameOrderAtEveryReading(long seed) {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    List<String> all = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    int disorder = 1 + random.nextInt(40);
    for (int f = 0; f < 4; f++) {
      List<String> rows = new ArrayList<>();
      long base = 500L * random.nextInt(4);
      for (int i = 0; i < 3_000; i++) {
        long time = base + i + random.nextInt(disorder);
        rows.add("f" + f + "-" + i + "," + time);
        all.add("f" + f + "-" + i);
        times.add(time);
      }
      files.add(tiny.csv("file" + f + ".csv", rows));
    }
    List<String> sorted =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparing(times::get).thenComparing(i -> i))
            .map(all::get)
            .toList();
    Path[] array = files.toArray(Path[]::new);
    assertThat(merge(100, array)).isEqualTo(sorted);
    List<String> tight = merge(3, array);
    assertThat(tight).containsExactlyInAnyOrderElementsOf(sorted);
    assertThat(merge(3, array)).isEqualTo(tight);
  }

  @Test
  void shouldShareTheWindowAmongManyFiles() {
    assertThat(Merge.window(1)).isEqualTo(50_000);
    assertThat(Merge.window(8)).isEqualTo(50_000);
    assertThat(Merge.window(400)).isEqualTo(1_000);
    assertThat(Merge.window(1_000_000)).isEqualTo(100);
  }

  private static List<String> rows(String prefix, long firstTime, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i + "," + (firstTime + i)).toList();
  }

  @Test
  void shouldMergeAParquetFileWithText() throws SQLException {
    Path text = tiny.csv("one.csv", List.of("a,10", "b,30"));
    Path parquet = text.resolveSibling("two.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      Path other = tiny.csv("two.csv", List.of("c,20", "d,40"));
      sql.execute(
          "COPY (FROM read_csv('%s', all_varchar = true)) TO '%s' (FORMAT parquet)"
              .formatted(other, parquet));
    }
    Intake intake = new Intake();
    try (Merge merge = new Merge(pipeline, Source.files(List.of(text, parquet)), intake, 10)) {
      assertThat(drain(merge)).containsExactly("a", "c", "b", "d");
    }
    assertThat(intake.bytes()).isGreaterThan(200);
  }

  private List<String> merge(int window, Path... files) {
    try (Merge merge = merge(window, List.of(files))) {
      return drain(merge);
    }
  }

  private Merge merge(int window, List<Path> files) {
    return new Merge(pipeline, Source.files(files), new Intake(), window);
  }

  private static List<String> drain(Merge merge) {
    List<String> got = new ArrayList<>();
    for (Optional<Entry> e = merge.next(); e.isPresent(); e = merge.next()) {
      got.add(text(e.get()));
    }
    return got;
  }

  private static String text(Entry entry) {
    return entry.decoded() instanceof Decoded.Good good
        ? good.event().id()
        : "!" + entry.decoded().line();
  }
}
