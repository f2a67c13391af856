package dev.tandem.replay.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.cli.Cli;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
  @TempDir private Path folder;
  private String said = "";

  @BeforeEach
  void makeConfiguration() throws IOException {
    Files.createDirectory(folder.resolve("config"));
  }

  private int init(Path file, String... more) {
    StringWriter out = new StringWriter();
    List<String> args = new ArrayList<>(List.of("--from", file.toString()));
    args.addAll(List.of("--config", folder.resolve("config").toString()));
    args.addAll(List.of(more));
    int status =
        Cli.run(
            new InitCommand(),
            new PrintWriter(out),
            new PrintWriter(out),
            args.toArray(String[]::new));
    said = out.toString();
    return status;
  }

  private PipelineDefinition drafted(Path file, String... more) {
    assertThat(init(file, more)).as(said).isZero();
    return PipelineLoader.load(folder.resolve("config"), "calls");
  }

  private String yaml() throws IOException {
    return Files.readString(folder.resolve("config/pipelines/calls.yaml"));
  }

  private Path file(String name, String header, List<String> rows) throws IOException {
    return Files.writeString(folder.resolve(name), header + "\n" + String.join("\n", rows) + "\n");
  }

  private static List<String> rows(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.formatted(i, i % 28 + 1, i % 24, i % 60, i % 5))
        .toList();
  }

  private static String types(PipelineDefinition pipeline) {
    return pipeline.schema().fields().stream()
        .map(f -> f.name() + " " + f.type() + (f.type() == FieldType.DECIMAL ? f.scale() : ""))
        .collect(Collectors.joining(", "));
  }

  @Test
  void shouldDraftWhatReadsAFileOfSemicolonsAndLocalTimes() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(";;;;;");
    rows.addAll(
        rows(100, "A-%1$04d;%2$02d.03.2024 %3$d:%4$02d;Platz %5$d;%1$d.5;0:%4$02d:00;48.1%1$04d"));
    Path file = file("calls.csv", "\ufeffRufnummer;Beginn;Straße;Energie kWh;Dauer;Lat", rows);
    PipelineDefinition pipeline = drafted(file, "--zone", "Europe/Berlin");

    assertThat(types(pipeline))
        .isEqualTo(
            "rufnummer STRING, beginn TIMESTAMP, stra_e STRING, energie_kwh DECIMAL1,"
                + " dauer LONG, lat DOUBLE");
    assertThat(pipeline.schema().id().name()).isEqualTo("rufnummer");
    assertThat(pipeline.zone()).hasToString("Europe/Berlin");
    assertThat(yaml())
        .contains("delimiter: \";\"")
        .contains("pattern: \"d.M.yyyy H:mm\"")
        .contains("dauer: {from: Dauer, as: hms}");
    assertThat(pipeline.aggregates())
        .extracting(AggregateDefinition::name)
        .containsExactly("events_hourly", "daily_by_stra_e");
    assertThat(pipeline.page().panels()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(said)
        .contains("read with it: 101 rows, 100 events, 1 rejected, the first in line 2")
        .doesNotContain("clocks");
  }

  @Test
  void shouldFindPathsListsAndTextsInJson() throws IOException {
    List<String> rows =
        rows(
            60,
            "{\"at\":17090000%2$02d%4$02d0,\"call\":{\"uuid\":\"u%1$d\",\"cost\":%1$d.25},\"tags\":[\"a\",\"b%5$d\"],\"said\":\"number"
                + " %1$d was asked many things about the weather of today\",\"big\":9%1$018d}");
    Path file = folder.resolve("calls.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
    }
    PipelineDefinition pipeline = drafted(file);
    assertThat(types(pipeline))
        .isEqualTo(
            "uuid STRING, at TIMESTAMP, cost DECIMAL2, tags STRINGS, said STRING, big STRING,"
                + " said_word STRINGS");
    assertThat(yaml()).contains("at: {from: at, as: epoch_ms}").contains("tags: \"tags[]\"");
    assertThat(pipeline.aggregates())
        .extracting(AggregateDefinition::name)
        .containsExactly("events_hourly", "daily_by_tags", "said_words_daily");
    assertThat(said).contains("60 rows, 60 events, 0 rejected");
  }

  @Test
  void shouldJoinADateWithItsTimeAndColumnsToAnIdAndMarkWhatIsUnsure() throws IOException {
    List<String> rows =
        IntStream.range(0, 90)
            .mapToObj(
                i ->
                    "%d/%d/2023,%d:%02d,S%d"
                        .formatted(i % 12 + 1, i % 9 + 1, i / 60, i % 60, i % 3))
            .toList();
    PipelineDefinition pipeline = drafted(file("calls.csv", "CallDate,CallTime,Line", rows));
    assertThat(pipeline.schema().fields())
        .extracting(Field::name)
        .containsExactly("event_id", "call_at", "line");
    assertThat(yaml())
        .contains("event_id: {from: [CallDate, CallTime, Line], join: \"|\"}")
        .contains("call_at: {from: [CallDate, CallTime], pattern: \"M/d/yyyy H:mm\"}")
        .contains("# CONFIRM: it could be \"d/M/yyyy H:mm\" as well")
        .contains("# CONFIRM: no column names a row")
        .contains("# CONFIRM: where the file's clocks are");
    assertThat(said).contains("90 events, 0 rejected").contains("line ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-01-31T08:15:00+01:00       | as: iso
          2024-01-31 08:15:00.123         | pattern: "yyyy-MM-dd H:mm:ss.SSS"
          2024-01-31T08:15:00             | pattern: "yyyy-MM-dd'T'H:mm:ss"
          2024-01-31                      | pattern: "yyyy-MM-dd"
          31.1.2024 08:15                 | pattern: "d.M.yyyy H:mm"
          1/31/2024 8:15 PM               | pattern: "M/d/yyyy h:mm a"
          31/1/2024 20:15:00              | pattern: "d/M/yyyy H:mm:ss"
          31 Jan 2024 08:15               | pattern: "d MMM yyyy H:mm"
          Wed Jan 31 08:15:00 +0000 2024  | pattern: "EEE MMM d HH:mm:ss XX yyyy"
          31/Jan/2024:08:15:00 +0100      | pattern: "d/MMM/yyyy:HH:mm:ss XX"
          1706685300                      | as: epoch_s
          1706685300123                   | as: epoch_ms
          1706685300123456                | as: epoch_us
          20240131                        | pattern: "yyyyMMdd"
          """)
  void shouldReadManyWaysToWriteATime(String time, String reading) {
    assertThat(TimeGuess.of("at", List.of(time)))
        .get()
        .extracting(TimeGuess::reading)
        .isEqualTo(reading);
  }

  @Test
  void shouldAllowFractionsThatComeAndGo() {
    List<String> times =
        List.of("2024-01-31 08:15:00", "2024-01-31 08:15:00.25", "2024-01-31 08:15:00.123");
    assertThat(TimeGuess.of("at", times))
        .get()
        .extracting(TimeGuess::reading)
        .isEqualTo("pattern: \"yyyy-MM-dd H:mm:ss[.SSS][.SS]\"");
  }

  @ParameterizedTest
  @CsvSource({"1706685300,phone", "hello,at", "12,hour_of_day_at"})
  void shouldNotTakeEveryNumberForATime(String text, String name) {
    assertThat(TimeGuess.of(name, List.of(text))).isEmpty();
  }

  @Test
  void shouldSayWhatItCannotDraft() throws IOException {
    assertThat(init(folder.resolve("nowhere.csv"))).isEqualTo(2);
    assertThat(said).contains("No file").contains("nowhere.csv");
    assertThat(init(file("list.json", "[", List.of("{}", "]")))).isEqualTo(2);
    assertThat(said).contains("is one JSON list").contains("jq");
    assertThat(init(file("calls.csv", "a,b", List.of("1,2", "3,4")))).isEqualTo(2);
    assertThat(said).contains("No column holds a time").contains("a, b");
    assertThat(init(file("empty.csv", "", List.of()))).isEqualTo(2);
    assertThat(said).contains("is empty");
    assertThat(folder.resolve("config/pipelines")).doesNotExist();
  }

  @Test
  void shouldReplaceNoPipelineUnlessTold() throws IOException {
    Path file = file("calls.csv", "id,at", rows(20, "%1$d,2024-01-%2$02d"));
    drafted(file);
    assertThat(init(file)).isEqualTo(2);
    assertThat(said).contains("calls.yaml is there already").contains("--force");
    assertThat(init(file, "--force")).as(said).isZero();
    assertThat(yaml()).contains("window: day");
  }

  /** What is drafted for Parquet reads the CSV that it was made of as well. */
  @Test
  void shouldDraftFromParquetWhatItDraftsFromItsCsv() throws Exception {
    Path csv =
        file(
            "calls.csv",
            "call_id,opened,agent,seconds",
            rows(60, "c%1$d,2024-01-%2$02d %3$02d:%4$02d:00,a%5$d,%4$d"));
    Path parquet = folder.resolve("calls.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      sql.execute("COPY (FROM read_csv('%s')) TO '%s' (FORMAT parquet)".formatted(csv, parquet));
    }
    PipelineDefinition ofCsv = drafted(csv);
    assertThat(said).contains("60 events, 0 rejected");
    PipelineDefinition ofParquet = drafted(parquet, "--force");
    assertThat(said).contains("60 events, 0 rejected");
    assertThat(ofParquet.schema()).isEqualTo(ofCsv.schema());
    assertThat(ofParquet.aggregates()).isEqualTo(ofCsv.aggregates());
  }
}
