package dev.tandem.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page may show, and what it shows when nobody says. */
class PageParserTest {
  private static final String PIPELINE =
      """
      pipeline: rides
      zone: UTC
      fields: {ride: string, at: timestamp, end: timestamp, from: string, to: string, tags: strings, seconds: long, lat: double}
      id: ride
      time: at
      metrics: {rides: count, seconds: stats, length: {histogram: seconds}}
      aggregates:
        hourly: {window: hour}
        daily_from: {by: [from], window: day}
        monthly_from: {by: [from], window: month}
        hourly_trips: {by: [from, to], window: hour}
        arrivals: {by: [to], window: hour, time: end}
        tagged: {by: [tags], window: hour}
        places: {by: [from], window: month, metrics: {lat: {stats: lat, scale: 6}}}
      """;

  @TempDir Path dir;

  private Page page(String more) throws IOException {
    return PipelineLoader.load(Files.writeString(dir.resolve("rides.yaml"), PIPELINE + more))
        .page();
  }

  private void refused(String more, String... words) {
    assertThatThrownBy(() -> page(more))
        .isInstanceOf(TandemException.class)
        .message()
        .contains("rides.yaml:")
        .contains(words);
  }

  @Test
  void shouldMakeAPageOfTheAggregatesWhenNoneIsDeclared() throws IOException {
    Page page = page("");
    assertThat(page.panels())
        .extracting(Panel::title)
        .containsExactly(
            "Rides",
            "Seconds avg",
            "Rides over time",
            "Rides by weekday and hour",
            "Top from",
            "Top from",
            "Top to",
            "Top tags",
            "Top from",
            "Length");
    assertThat(page.filters()).isEmpty();
    assertThat(page.map()).isEmpty();
  }

  @Test
  void shouldFindTheAggregatesThatCanAnswerUnderAFilter() throws IOException {
    Page page =
        page(
            """
            panels:
              - {kind: number, aggregate: hourly, metric: rides}
              - {kind: heatmap, aggregate: hourly, metric: seconds.avg}
              - {kind: bars, aggregate: daily_from, metric: rides, by: from}
              - {kind: distribution, aggregate: hourly, metric: length}
            """);
    // Not by other times, not in windows too wide for a filter on days, not of events that count
    // several times.
    assertThat(page.panels().get(0).sources())
        .containsExactly("hourly", "daily_from", "hourly_trips");
    assertThat(page.panels().get(1).sources()).containsExactly("hourly", "hourly_trips");
    assertThat(page.panels().get(2).sources()).containsExactly("daily_from", "hourly_trips");
    assertThat(page.panels().get(3).title()).isEqualTo("length");
  }

  @Test
  void shouldRefuseWhatCannotBeShown() {
    refused("panels:\n  - {kind: pie, aggregate: hourly, metric: rides}\n", "unknown kind pie");
    refused("panels:\n  - {kind: number, aggregate: hourli, metric: rides}\n", "hourly");
    refused("panels:\n  - {kind: number, aggregate: hourly, metric: seconds}\n", "seconds.avg");
    refused("panels:\n  - {kind: bars, aggregate: daily_from, metric: rides}\n", "needs by");
    refused(
        "panels:\n  - {kind: number, aggregate: daily_from, metric: rides, by: from}\n", "no by");
    refused(
        "panels:\n  - {kind: heatmap, aggregate: daily_from, metric: rides}\n", "windows of a day");
    refused(
        "panels:\n  - {kind: distribution, aggregate: hourly, metric: seconds}\n", "no histogram");
    refused(
        "panels:\n  - {kind: line, aggregate: daily_from, metric: rides, roll: hour}\n",
        "roll hour");
    refused(
        "panels:\n  - {kind: bars, aggregate: daily_from, metric: rides, by: from, top: 99}\n",
        "1 to 50");
    refused("filters: [too]\n", "unknown dimension too", "to");
    refused("map: {places: places, lat: lon}\n", "has no departures");
  }

  @Test
  void shouldRefuseToSumADoubleThatIsNotRounded() {
    refused(
        "  more: {window: day, metrics: {lat: stats}}\n", "cannot be summed exactly", "scale: 6");
    refused("  more: {window: day, metrics: {lat: {stats: lat, scale: 12}}}\n", "1 to 9");
    refused("  more: {window: day, metrics: {s: {stats: seconds, scale: 2}}}\n", "remove scale");
  }
}
