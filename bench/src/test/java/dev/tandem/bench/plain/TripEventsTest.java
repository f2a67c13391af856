package dev.tandem.bench.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TripEventsTest {
  private static final String DURATION =
      "\"duration_s\":{\"count\":1,\"sum\":1500,\"min\":1500,\"max\":1500}";
  private static final String DISTANCE =
      "\"distance_mi\":{\"count\":1,\"sum\":1.05,\"min\":1.05,\"max\":1.05}";

  private final Names.Shared names = new Names.Shared();
  private final TripEvents events = new TripEvents(names);
  private final TripTables tables = new TripTables();

  @Test
  void shouldPublishARowOfEachAggregate() {
    add(
        """
        {"id":"1","plan":"Casual","start_station":"SW \\"3rd\\"","end_station":null,
         "started_at":"2017-07-01T23:05:00-07:00","ended_at":"2017-07-02T00:30:00-07:00",
         "duration_s":1500,"distance_mi":1.05}
        """);

    String value = " {\"trips\":1," + DURATION + "," + DISTANCE + "}";
    assertThat(published())
        .containsExactly(
            "{\"aggregate\":\"trips_hourly\",\"window\":\"2017-07-01T23:00:00-07:00\",\"key\":{}}"
                + value,
            "{\"aggregate\":\"trips_daily_by_plan\",\"window\":\"2017-07-01T00:00:00-07:00\",\"key\":{\"plan\":\"Casual\"}}"
                + value,
            "{\"aggregate\":\"departures_hourly\",\"window\":\"2017-07-01T23:00:00-07:00\",\"key\":{\"start_station\":\"SW"
                + " \\\"3rd\\\"\"}}"
                + value,
            "{\"aggregate\":\"arrivals_hourly\",\"window\":\"2017-07-02T00:00:00-07:00\",\"key\":{\"end_station\":null}}"
                + value,
            "{\"aggregate\":\"routes_daily\",\"window\":\"2017-07-01T00:00:00-07:00\",\"key\":{\"start_station\":\"SW"
                + " \\\"3rd\\\"\",\"end_station\":null}}"
                + value);
  }

  @Test
  void shouldTakeTheTimeBetweenAndLeaveOutWhatIsTooMuch() {
    add(
        """
        {"started_at":"2017-11-05T01:30:00-07:00","ended_at":"2017-11-05T01:30:00-08:00","distance_mi":100.01}
        """);

    assertThat(published())
        .hasSize(5)
        .allSatisfy(
            row ->
                assertThat(row)
                    .endsWith(
                        " {\"trips\":1,\"duration_s\":{\"count\":1,\"sum\":3600,\"min\":3600,\"max\":3600},\"distance_mi\":{\"count\":0,\"sum\":0.00}}"))
        .anySatisfy(row -> assertThat(row).contains("arrivals", "2017-11-05T01:00:00-08:00"));
  }

  @Test
  void shouldMergeRowsAndForgetThem() {
    String trip = "{\"started_at\":\"2017-07-01T08:05:00-07:00\",\"duration_s\":%d}";
    add(trip.formatted(10));
    TripTables all = new TripTables();
    assertThat(all.all().get(0).add(tables.all().get(0), 0)).isZero();
    tables.clear();
    assertThat(published()).isEmpty();
    add(trip.formatted(30));
    assertThat(all.all().get(0).add(tables.all().get(0), 0)).isZero();

    assertThat(text(new RowText(names).value(all.all().get(0), 0)))
        .isEqualTo(
            "{\"trips\":2,\"duration_s\":{\"count\":2,\"sum\":40,\"min\":10,\"max\":30},\"distance_mi\":{\"count\":0,\"sum\":0.00}}");
  }

  @Test
  void shouldRefuseAnEventWithoutAStart() {
    add("{\"started_at\":\"2017-07-01T08:05:00-07:00\"}");
    assertThatThrownBy(() -> add("{\"plan\":\"Casual\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no started_at in {\"plan\":\"Casual\"}");
  }

  private void add(String event) {
    events.add(event.getBytes(StandardCharsets.UTF_8), tables);
  }

  private List<String> published() {
    RowText rows = new RowText(names);
    List<String> published = new ArrayList<>();
    for (int t = 0; t < tables.all().size(); t++) {
      RowTable table = tables.all().get(t);
      for (int row = 0; row < table.size(); row++) {
        published.add(text(rows.key(t, table.key(row))) + " " + text(rows.value(table, row)));
      }
    }
    return published;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
