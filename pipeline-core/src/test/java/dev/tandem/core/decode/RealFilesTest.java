package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.InvalidEventException;
import dev.tandem.core.event.RejectReason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All published files, and the same numbers asked of DuckDB with SQL of its own. */
class RealFilesTest {

  /** Trips, durations and distances of a month, after the rules. */
  private record Month(long trips, long durations, long seconds, long distances, BigDecimal miles) {
    static final Month NONE = new Month(0, 0, 0, 0, BigDecimal.ZERO);

    Month plus(Month m) {
      return new Month(
          trips + m.trips,
          durations + m.durations,
          seconds + m.seconds,
          distances + m.distances,
          miles.add(m.miles));
    }
  }

  /** What files hold. */
  private record Totals(long rows, Map<RejectReason, Long> rejected, Map<YearMonth, Month> months) {
    Month all() {
      return months.values().stream().reduce(Month.NONE, Month::plus);
    }
  }

  private static Totals read(String pipelineName, List<Path> files) throws InvalidEventException {
    PipelineDefinition pipeline = PipelineLoader.load(Path.of("../config"), pipelineName);
    Field duration = pipeline.schema().find("duration_s").orElseThrow();
    Field distance = pipeline.schema().find("distance_mi").orElseThrow();
    Rules rules = new Rules(pipeline);
    EventJson json = new EventJson(pipeline);
    EventBytes bytes = new EventBytes(pipeline.schema());
    long rows = 0;
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    Map<YearMonth, Month> months = new TreeMap<>();
    for (Path file : files) {
      try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
        while (decoder.hasNext()) {
          Decoded decoded = decoder.next();
          rows++;
          assertThat(decoded.line()).isGreaterThan(1);
          if (decoded instanceof Decoded.Good good) {
            Event event = good.event();
            if (rows % 7 == 0) {
              assertThat(json.read(json.write(event))).isEqualTo(event);
              assertThat(bytes.decode(bytes.encode(event))).isEqualTo(event);
            }
            rules.apply(event);
            YearMonth month =
                YearMonth.from(Instant.ofEpochMilli(event.time()).atZone(pipeline.zone()));
            Month trip =
                new Month(
                    1,
                    event.has(duration) ? 1 : 0,
                    event.number(duration),
                    event.has(distance) ? 1 : 0,
                    BigDecimal.valueOf(event.number(distance), 2));
            months.merge(month, trip, Month::plus);
          } else if (decoded instanceof Decoded.Bad bad) {
            rejected.merge(bad.reason(), 1L, Long::sum);
          }
        }
      }
    }
    return new Totals(rows, rejected, months);
  }

  @Test
  void shouldFindTheKnownTotalsOfBiketownAndAgreeWithDuckDb() throws Exception {
    Path folder = TestData.folder("biketown");
    PipelineDefinition pipeline = PipelineLoader.load(Path.of("../config"), "biketown");
    List<Path> files = InputFiles.expand(pipeline, List.of(folder.toString()));
    assertThat(files).hasSize(21);

    Totals totals = read("biketown", files);

    assertThat(totals.rows()).isEqualTo(523_588);
    assertThat(totals.rejected()).containsExactly(Map.entry(RejectReason.BLANK, 4_088L));
    Month all = totals.all();
    assertThat(all.trips()).isEqualTo(519_500);
    assertThat(all.durations()).isEqualTo(517_837);
    assertThat(all.seconds()).isEqualTo(785_112_368L);
    assertThat(all.miles()).isEqualByComparingTo("995472.77");
    assertThat(totals.months()).isEqualTo(duckDb(folder + "/*.csv.gz"));
  }

  @Test
  void shouldReadBothFormatsOfCitibike() throws Exception {
    Path folder = TestData.folder("citibike-jc");

    Totals legacy = read("citibike", List.of(folder.resolve("JC-202004-citibike-tripdata.csv.gz")));
    assertThat(legacy.rows()).isEqualTo(9_268);
    assertThat(legacy.rejected()).isEmpty();
    assertThat(legacy.months()).containsOnlyKeys(YearMonth.of(2020, 4));

    Totals current =
        read("citibike", List.of(folder.resolve("JC-202102-citibike-tripdata.csv.gz")));
    assertThat(current.rows()).isEqualTo(4_881);
    assertThat(current.rejected()).isEmpty();
    assertThat(current.months()).containsOnlyKeys(YearMonth.of(2021, 2));
    // no column for it: filled from start and end
    assertThat(current.all().durations()).isGreaterThan(4_800);
    assertThat(current.all().distances()).isZero();
  }

  /** Durations that the files leave empty are the difference of two instants of the zone. */
  private static Map<YearMonth, Month> duckDb(String glob) throws SQLException {
    String sql =
        """
        with raw as (
          select RouteID as id, Duration as d, Distance_Miles as miles,
            strptime(StartDate || ' ' || StartTime, '%m/%d/%Y %H:%M') as started,
            try_strptime(EndDate || ' ' || EndTime, '%m/%d/%Y %H:%M') as ended
          from read_csv('GLOB', header = true, all_varchar = true)
          where RouteID is not null),
        trips as (
          select started,
            coalesce(
              split_part(d, ':', 1)::bigint * 3600 + split_part(d, ':', 2)::bigint * 60
                + split_part(d, ':', 3)::bigint,
              case when ended >= started then
                epoch(timezone('America/Los_Angeles', ended))::bigint
                  - epoch(timezone('America/Los_Angeles', started))::bigint end) as seconds,
            miles::decimal(18, 2) as miles
          from raw)
        select strftime(started, '%Y-%m') as month, count(*) as trips,
          count(seconds) filter (seconds between 0 and 86400) as durations,
          coalesce(sum(seconds) filter (seconds between 0 and 86400), 0) as seconds,
          count(miles) filter (miles between 0 and 100) as distances,
          coalesce(sum(miles) filter (miles between 0 and 100), 0) as miles
        from trips group by all
        """;
    Map<YearMonth, Month> months = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql.replace("GLOB", glob))) {
      while (rows.next()) {
        months.put(
            YearMonth.parse(rows.getString("month")),
            new Month(
                rows.getLong("trips"),
                rows.getLong("durations"),
                rows.getLong("seconds"),
                rows.getLong("distances"),
                rows.getBigDecimal("miles")));
      }
    }
    return months;
  }
}
