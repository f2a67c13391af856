package dev.tandem.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.time.TimeRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryRequestTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");

  /**
   * @param query {@code name=value} with {@code &} between
   */
  private static QueryRequest parse(String aggregate, String query) {
    Map<String, List<String>> parameters = new TreeMap<>();
    Arrays.stream(query.split("&"))
        .filter(p -> !p.isEmpty())
        .map(p -> p.split("=", 2))
        .forEach(
            p ->
                parameters.merge(
                    p[0],
                    List.of(p[1]),
                    (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList()));
    return QueryRequest.parse(
        PIPELINE.aggregate(aggregate).orElseThrow(), PIPELINE.zone(), parameters);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void shouldAskForRowsAsTheyAreWhenNothingIsSaid() {
    QueryRequest q = parse("routes_daily", "");
    assertThat(q.range()).isEqualTo(TimeRange.ALL);
    assertThat(q.by()).containsExactly(0, 1);
    assertThat(q.roll()).isEqualTo(Roll.DAY);
    assertThat(q.limit()).isEmpty();
    assertThat(q.isPlain()).isTrue();
  }

  @Test
  void shouldReadTimesInThePipelinesZoneOrWithAnOffset() {
    assertThat(parse("trips_hourly", "from=2017-07-01&to=2017-07-01T08:00").range())
        .isEqualTo(new TimeRange(millis("2017-07-01T07:00:00Z"), millis("2017-07-01T15:00:00Z")));
    assertThat(parse("trips_hourly", "from=2017-07-01T00:00:00Z").range().from())
        .isEqualTo(millis("2017-07-01T00:00:00Z"));
    // A plus sign that nobody encoded comes as a blank.
    assertThat(parse("trips_hourly", "from=2017-07-01T02:00:00 02:00").range().from())
        .isEqualTo(millis("2017-07-01T00:00:00Z"));
  }

  @Test
  void shouldKeepDimensionsInTheirOwnOrder() {
    assertThat(parse("routes_daily", "by=end_station,start_station").by()).containsExactly(0, 1);
    assertThat(parse("routes_daily", "by=end_station").by()).containsExactly(1);
    assertThat(parse("routes_daily", "by=").by()).isEmpty();
  }

  @Test
  void shouldTakeSeveralValuesOfADimensionAsEitherOr() {
    assertThat(parse("trips_daily_by_plan", "where=plan:Casual&where=plan:").where())
        .isEqualTo(Map.of(0, Set.of("Casual", QueryRequest.MISSING)));
    assertThat(parse("departures_hourly", "where=start_station:NW: 5th").where())
        .isEqualTo(Map.of(0, Set.of("NW: 5th")));
  }

  @Test
  void shouldOrderByANumber() {
    assertThat(parse("trips_hourly", "top=3").order()).isPresent();
    assertThat(parse("trips_hourly", "top=3&limit=2").limit()).hasValue(2);
    assertThat(parse("trips_hourly", "metric=duration_s.avg").order().orElseThrow().part())
        .isEqualTo("avg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rol=day           | rol    | did you mean roll?",
        "from=soon         | from   | a date such as 2017-08-01",
        "from=2018&to=2017 | from   | a date such as",
        "from=2018-01-01&to=2018-01-01 | to | the range is empty",
        "by=plan           | by     | no dimension plan in departures_hourly",
        "where=start_station | where | give DIMENSION:VALUE",
        "where=bike:7      | where  | no dimension bike",
        "roll=year         | roll   | no roll year",
        "roll=minute       | roll   | windows of a hour",
        "metric=duration_s | metric | duration_s.count, duration_s.sum",
        "top=0             | top    | a whole number from 1",
        "limit=many        | limit  | a whole number from 1",
        "roll=day&roll=day | roll   | given 2 times",
      })
  void shouldNameTheParameterThatIsWrong(String query, String parameter, String message) {
    assertThatThrownBy(() -> parse("departures_hourly", query))
        .isInstanceOfSatisfying(
            BadQueryException.class, e -> assertThat(e.parameter()).isEqualTo(parameter))
        .hasMessageContaining(message);
  }

  /** A day does not lie in one hour of the day; a week not in one month. */
  @Test
  void shouldRefuseRollsThatWindowsDoNotFitIn() {
    assertThatThrownBy(() -> parse("routes_daily", "roll=hour-of-day"))
        .isInstanceOf(BadQueryException.class);
    assertThat(parse("routes_daily", "roll=day-of-week").roll()).isEqualTo(Roll.DAY_OF_WEEK);
    assertThat(Roll.MONTH.takes(dev.tandem.core.definition.WindowUnit.WEEK)).isFalse();
  }
}
