package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB writes the Parquet files; events must be those of the text that they were made of. */
class ParquetDecoderTest {
  private static final String TEXTS = "SELECT * FROM read_csv('%s', all_varchar = true)";

  /** A typed date goes with a text for the time of day, and the other way round. */
  private static final String TYPED =
      TEXTS.replace(
          "*",
          """
          * REPLACE (strptime(StartDate, '%%m/%%d/%%Y')::DATE AS StartDate, EndTime::TIME AS EndTime,
            RouteID::BIGINT AS RouteID, BikeID::INTEGER AS BikeID, StartLatitude::DOUBLE AS StartLatitude,
            Distance_Miles::DECIMAL(9, 4) AS Distance_Miles, MultipleRental::BOOLEAN AS MultipleRental)
          """);

  private static final String POST_SQL =
      """
      SELECT '%s' AS id_str, 'Tue Jul 06 10:00:00 +0000 2021' AS created_at, 'Hi' AS text, 'en' AS lang
      """;

  private final PipelineDefinition biketown = PipelineLoader.load(Path.of("../config"), "biketown");
  private final PipelineDefinition posts = PipelineLoader.load(Path.of("../config"), "posts");

  @TempDir private Path folder;

  private Path parquet(String query, String options) throws SQLException {
    Path file = folder.resolve("rows.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      sql.execute("SET TimeZone = 'UTC'");
      sql.execute("COPY (%s) TO '%s' (FORMAT parquet %s)".formatted(query, file, options));
    }
    return file;
  }

  /** An event as it goes to the log, or why it is none. */
  private static List<String> decoded(PipelineDefinition pipeline, Path file) {
    EventJson json = new EventJson(pipeline);
    List<String> all = new ArrayList<>();
    try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
      while (decoder.hasNext()) {
        Decoded decoded = decoder.next();
        all.add(
            decoded instanceof Decoded.Good good
                ? new String(json.write(good.event()), StandardCharsets.UTF_8)
                : ((Decoded.Bad) decoded).reason().code());
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXTS, "typed"})
  void shouldReadARealMonthAsItsCsvIsRead(String query) throws SQLException {
    List<String> csv = decoded(biketown, TestData.july());
    assertThat(csv).hasSizeGreaterThan(40_000);
    Path file = parquet((query.equals("typed") ? TYPED : query).formatted(TestData.july()), "");
    assertThat(decoded(biketown, file)).isEqualTo(csv);
  }

  @Test
  void shouldReadRealPostsAsTheirJsonIsRead() throws SQLException {
    Path file =
        parquet(
            "FROM read_json('%s', convert_strings_to_integers = false)".formatted(TestData.posts()),
            "");
    List<String> json = decoded(posts, TestData.posts());
    assertThat(json).hasSizeGreaterThan(100);
    assertThat(decoded(posts, file)).isEqualTo(json);
  }

  @Test
  void shouldFollowAPathThroughStructuresAndLists() throws SQLException {
    String entities =
        "{'hashtags': [{'text': 'Aé', 'n': 1}, NULL, {'text': NULL, 'n': 2}, {'text': 'b', 'n':"
            + " 3}]}";
    Path file =
        parquet(
            "SELECT *, " + entities + " AS entities FROM (" + POST_SQL.formatted("1") + ")", "");
    assertThat(decoded(posts, file))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("\"hashtag\":[\"Aé\",\"b\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
  void shouldUnpackEveryUsualCodec(String codec) throws SQLException {
    String query = "SELECT i::VARCHAR AS id_str, created_at, text FROM range(5000) r(i), (%s)";
    Path file = parquet(query.formatted(POST_SQL.formatted("x")), ", COMPRESSION " + codec);
    assertThat(decoded(posts, file)).hasSize(5_000).doesNotContain("missing_id", "blank");
  }

  @Test
  void shouldSayWhichCodecsItReadsWhenItCannotUnpackAFile() throws SQLException {
    Path file = parquet(POST_SQL.formatted("1"), ", COMPRESSION brotli");
    assertThatThrownBy(() -> decoded(posts, file))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("BROTLI")
        .hasMessageContaining("zstd");
  }

  @Test
  void shouldTakeTypedTimesWithoutAPattern() throws SQLException {
    Path file =
        parquet(
            """
            SELECT i AS id_str, t AS created_at, 'x' AS text FROM (VALUES
              (1, TIMESTAMPTZ '2021-07-06 12:00:00.25+02'), (2, TIMESTAMPTZ '1969-12-31 23:59:59.999+00'))
              v(i, t)
            """,
            "");
    assertThat(decoded(posts, file))
        .satisfiesExactly(
            first -> assertThat(first).contains("2021-07-06T10:00:00.250Z"),
            second -> assertThat(second).contains("1969-12-31T23:59:59.999Z"));
  }

  /** Pandas has whole numbers with gaps as floating-point numbers, and NaN for no value. */
  @Test
  void shouldReadWholeNumbersOfAFloatingPointColumnWithoutAPoint() throws SQLException {
    Path file =
        parquet(
            TEXTS.formatted(TestData.july()).replace("*", "* REPLACE (BikeID::DOUBLE AS BikeID)"),
            "");
    assertThat(decoded(biketown, file)).isEqualTo(decoded(biketown, TestData.july()));
  }

  @Test
  void shouldRejectARowWithoutIdAndKeepItAsJson() throws SQLException {
    Path file =
        parquet(
            "SELECT NULL::VARCHAR AS id_str, DATE '2021-07-06' AS day, TIME '08:05:00' AS hour, [1,"
                + " NULL, 3] AS list, MAP {'a': 1} AS map",
            "");
    try (FileDecoder decoder = FileDecoder.open(posts, file)) {
      Decoded.Bad bad = (Decoded.Bad) decoder.next();
      assertThat(bad.line()).isEqualTo(1);
      assertThat(bad.reason()).isEqualTo(RejectReason.MISSING_ID);
      assertThat(bad.raw())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(
              "{\"day\":\"2021-07-06\",\"hour\":\"08:05\",\"list\":[1,3],\"map\":{\"a\":1}}");
      assertThat(decoder.hasNext()).isFalse();
    }
  }

  @Test
  void shouldRefuseColumnsOfNoFormat() throws SQLException {
    Path file = parquet("SELECT 1 AS id_string, 'x' AS RoutelD", "");
    assertThatThrownBy(() -> decoded(posts, file))
        .hasMessageContaining("no column for post_id")
        .hasMessageContaining("id_string");
    assertThatThrownBy(() -> decoded(biketown, file))
        .hasMessageContaining("no column RouteID (did you mean RoutelD?)");
  }

  @Test
  void shouldSayThatAFileIsCutOff() throws SQLException, IOException {
    Path file = parquet(POST_SQL.formatted("1"), "");
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> decoded(posts, cut))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("is it complete?");
  }

  @Test
  void shouldRefuseAStream() throws SQLException, IOException {
    byte[] bytes = Files.readAllBytes(parquet(POST_SQL.formatted("1"), ""));
    assertThatThrownBy(
            () -> FileDecoder.open(posts, new ByteArrayInputStream(bytes), "stdin").close())
        .hasMessageContaining("write it to a file");
  }
}
