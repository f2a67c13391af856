package dev.tandem.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.FieldSource.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineLoaderTest {
  private static final String GOOD =
      """
      pipeline: rides
      zone: Europe/Berlin
      fields:
        ride: string
        start: timestamp
        end: timestamp
        fare: {type: decimal, scale: 2}
        seconds: long
        lat: double
        tags: strings
        tags2: strings
      id: ride
      time: start
      formats:
        file:
          type: csv
          columns:
            ride: Ride
            start: {from: [Date, {any: [Time, Hour]}], pattern: "d.M.yyyy H:mm", join: ", "}
            fare: {any: [Fare, Price], optional: true}
            seconds: {from: Took, as: hms}
        posts:
          type: json-lines
          paths:
            ride: id
            start: {from: at, as: epoch_ms}
            tags: "labels[].name"
      rules:
        - fill: seconds
          seconds: [start, end]
        - null_outside: fare
          range: [-1.5, null]
        - null_unless_within: end
          after: start
          within: 36h
      metrics: {rides: count, fare: stats}
      aggregates:
        hourly: {window: hour}
        ends: {by: [tags, ride], window: week, time: end, metrics: {n: count, q: {histogram: seconds}, d: {distinct: ride}}}
      """;

  @TempDir Path dir;

  private Path write(String yaml) throws IOException {
    return Files.writeString(dir.resolve("rides.yaml"), yaml);
  }

  private void refused(String yaml, String message) throws IOException {
    Path file = write(yaml);
    assertThatThrownBy(() -> PipelineLoader.load(file))
        .isInstanceOfSatisfying(TandemException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void shouldReadEveryPart() throws IOException {
    PipelineDefinition p = PipelineLoader.load(write(GOOD));

    assertThat(p.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(p.description()).isEmpty();
    Field fare = p.schema().find("fare").orElseThrow();
    Field seconds = p.schema().find("seconds").orElseThrow();
    Field start = p.schema().time();
    Field end = p.schema().find("end").orElseThrow();
    Field tags = p.schema().find("tags").orElseThrow();
    Field ride = p.schema().id();
    assertThat(fare).isEqualTo(new Field(3, "fare", FieldType.DECIMAL, 2));
    assertThat(p.formats())
        .containsExactly(
            new SourceFormat(
                "file",
                SourceFormat.Kind.CSV,
                List.of(
                    new FieldSource(ride, List.of(List.of("Ride")), " ", new Reading.Plain(), true),
                    new FieldSource(
                        start,
                        List.of(List.of("Date"), List.of("Time", "Hour")),
                        ", ",
                        new Reading.Pattern("d.M.yyyy H:mm"),
                        true),
                    new FieldSource(
                        fare, List.of(List.of("Fare", "Price")), " ", new Reading.Plain(), false),
                    new FieldSource(
                        seconds, List.of(List.of("Took")), " ", new Reading.Hms(), true))),
            new SourceFormat(
                "posts",
                SourceFormat.Kind.JSON_LINES,
                List.of(
                    new FieldSource(ride, List.of(List.of("id")), " ", new Reading.Plain(), true),
                    new FieldSource(
                        start,
                        List.of(List.of("at")),
                        " ",
                        new Reading.Epoch(TimeUnit.MILLISECONDS),
                        true),
                    new FieldSource(
                        tags, List.of(List.of("labels[].name")), " ", new Reading.Plain(), true))));
    assertThat(p.rules())
        .containsExactly(
            new Rule.FillSeconds(seconds, start, end),
            new Rule.NullOutside(fare, OptionalLong.of(-150), OptionalLong.empty()),
            new Rule.NullUnlessWithin(end, start, 36 * 3_600_000L));
    AggregateDefinition hourly = p.aggregate("hourly").orElseThrow();
    assertThat(hourly.by()).isEmpty();
    assertThat(hourly.time()).isEqualTo(start);
    assertThat(hourly.metrics())
        .containsExactly(
            new Metric("rides", Metric.Kind.COUNT, ride),
            new Metric("fare", Metric.Kind.STATS, fare));
    AggregateDefinition ends = p.aggregate("ends").orElseThrow();
    assertThat(ends.window()).isEqualTo(WindowUnit.WEEK);
    assertThat(ends.time()).isEqualTo(end);
    assertThat(ends.by()).containsExactly(tags, ride);
    assertThat(ends.metrics())
        .containsExactly(
            new Metric("n", Metric.Kind.COUNT, ride),
            new Metric("q", Metric.Kind.HISTOGRAM, seconds),
            new Metric("d", Metric.Kind.DISTINCT, ride));
    assertThat(p.aggregate(ends.id())).contains(ends);
  }

  /** Each row: what of the good file is replaced, by what, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          zone: Europe/Berlin ~ zone: Europe/Berln ~ FILE:2:7: unknown time zone Europe/Berln (did you mean Europe/Berlin?) — write a name like America/Los_Angeles, or UTC
          zone: Europe/Berlin ~ zome: Europe/Berlin ~ FILE:2:1: unknown key zome in the pipeline (did you mean zone?) — known are pipeline, description, zone, fields, id, time, formats, rules, metrics, aggregates, panels, filters, map, origin, lateness, decisions
          zone: Europe/Berlin ~ pipeline: again ~ FILE:2:1: duplicate key pipeline in the pipeline, first in line 1 — keep one of them
          zone: Europe/Berlin ~ zone: ~ FILE:2:6: zone has no value — write one or remove the key
          zone: Europe/Berlin ~ zone: [a] ~ FILE:2:7: zone must be a text, found a list — write a single value
          zone: Europe/Berlin ~ description: x ~ FILE:1:1: the pipeline has no zone — add 'zone: …'
          pipeline: rides ~ pipeline: Rides ~ FILE:1:11: 'Rides' cannot be the name of a pipeline — begin with a small letter, then only a-z, 0-9, _ and -, at most 64 letters
          seconds: long ~ seconds: lng ~ FILE:8:12: unknown type of field seconds lng (did you mean long?) — known are string, strings, long, decimal, double, boolean, timestamp
          seconds: long ~ seconds: decimal ~ FILE:8:12: decimal field seconds has no scale — write {type: decimal, scale: 2} for two decimal places
          scale: 2 ~ scale: 12 ~ FILE:7:32: scale 12 of fare is out of range — use 0 to 9
          lat: double ~ fare: double ~ FILE:9:3: duplicate key fare in fields, first in line 7 — keep one of them
          id: ride ~ id: seconds ~ FILE:12:5: id cannot be seconds, a long, it must be a string — fitting are ride
          id: ride ~ id: rides ~ FILE:12:5: unknown field rides in id (did you mean ride?) — declare it under fields, or correct the name
          time: start ~ time: ride ~ FILE:13:7: time cannot be ride, a string, it must be a timestamp — fitting are start, end
          type: csv ~ type: cvs ~ FILE:16:11: unknown type of format cvs (did you mean csv?) — known are csv, json-lines
          ride: Ride ~ rid: Ride ~ FILE:18:7: unknown field rid in columns (did you mean ride?) — declare it under fields, or correct the name
          ride: Ride ~ tags: Ride ~ FILE:18:7: a CSV column cannot hold the list tags — make it a string
          ride: Ride ~ lat: Ride ~ FILE:18:7: format file does not say where ride stands — add it: no event is without id or time
          d.M.yyyy H:mm ~ d.M.yyyy H:mm o ~ `FILE:19:59: bad pattern 'd.M.yyyy H:mm o': Unknown pattern letter: o — see java.time.format.DateTimeFormatter, for example yyyy-MM-dd HH:mm:ss`
          d.M.yyyy H:mm ~ H:mm ~ `FILE:19:59: pattern H:mm has no whole date — see java.time.format.DateTimeFormatter, for example yyyy-MM-dd HH:mm:ss`
          as: hms ~ as: hm ~ FILE:21:33: unknown way to read hm (did you mean hms?) — known are hms, iso, epoch_s, epoch_ms, epoch_us
          as: hms ~ as: iso ~ FILE:21:29: as: iso does not give seconds, a long — use it for a timestamp
          from: Took ~ any: [Took], from: x ~ FILE:21:17: source of seconds has more than one of from, any — write exactly one of them
          fill: seconds ~ fil: seconds ~ FILE:29:5: unknown key fil in a rule (did you mean fill?) — known are fill, derive, lower, null_outside, null_unless_within, seconds, words_of, hashtags_of, range, after, within
          range: [-1.5, null] ~ range: [-1.505, null] ~ FILE:32:13: -1.505 has more than the 2 decimal places of fare — round it
          range: [-1.5, null] ~ range: [2, 1] ~ FILE:32:12: the range of fare is empty — write the minimum first
          range: [-1.5, null] ~ range: [2] ~ FILE:32:12: range has 1 items — write [MIN, MAX], null for an open end
          range: [-1.5, null] ~ range: 7 ~ FILE:32:12: range must be a list, found a text — write [a, b] or a line '- a' each
          null_unless_within: end ~ null_unless_within: start ~ FILE:33:25: null_unless_within start would remove the event time — use another timestamp
          within: 36h ~ within: 36 hours ~ FILE:35:13: '36 hours' is not a length of time — write 500ms, 30s, 90m, 24h or 7d
          fare: stats ~ fare: stat ~ FILE:36:31: unknown metric stat (did you mean stats?) — known are count, stats, histogram, distinct
          fare: stats ~ lat: stats ~ FILE:36:25: lat is a double, which cannot be summed exactly — say to how many decimal places it is rounded, as in {stats: lat, scale: 6}
          fare: stats ~ epoch: count ~ FILE:36:25: metric epoch has the name of a part of each row — rename it
          fare: stats ~ rides: count ~ FILE:36:25: duplicate key rides in metrics, first in line 36 — keep one of them
          fare: stats ~ fare: {stats: fair} ~ FILE:36:39: unknown field fair in stats (did you mean fare?) — declare it under fields, or correct the name
          hourly: {window: hour} ~ hourly: {window: our} ~ FILE:38:20: unknown window our (did you mean hour?) — known are minute, hour, day, week, month
          hourly: {window: hour} ~ hourly: {by: [lat], window: hour} ~ FILE:38:17: by cannot be lat, a double, it must be a string or strings or long or boolean — fitting are ride, seconds, tags, tags2
          hourly: {window: hour} ~ hourly: {by: [tags, tags2], window: hour} ~ `FILE:38:23: by has a second field of type strings, tags2 — an event would count once in each combination: keep one`
          hourly: {window: hour} ~ ends: {window: hour} ~ FILE:39:3: duplicate key ends in aggregates, first in line 38 — keep one of them
          distinct: ride ~ distinct: lat ~ FILE:39:112: distinct cannot be lat, a double, it must be a string or long or decimal or boolean or timestamp — fitting are ride, start, end, fare, seconds
          rules: ~ `rules: [` ~ FILE:29:3: not YAML: expected the node content, but found '-' — correct the line
          """)
  void shouldSayWhereAndWhatWhenSomethingIsWrong(String good, String bad, String message)
      throws IOException {
    assertThat(GOOD).contains(good);
    int at = GOOD.indexOf(good);
    refused(GOOD.substring(0, at) + bad + GOOD.substring(at + good.length()), message);
  }

  @Test
  void shouldRefuseTooManyFields() throws IOException {
    String fields =
        IntStream.range(0, 60)
            .mapToObj(i -> "  f" + i + ": long\n")
            .collect(Collectors.joining("", "  lat: double\n", ""));
    refused(
        GOOD.replace("  lat: double\n", fields),
        "FILE:68:3: more than 64 fields — remove those that no rule, metric or reader needs");
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    refused("", "FILE:1:1: the file is empty — write a pipeline, see config/pipelines");
  }

  @Test
  void shouldNameThePipelinesThereAreWhenOneIsMissing() throws IOException {
    Path pipelines = Files.createDirectory(dir.resolve("pipelines"));
    Files.writeString(pipelines.resolve("rides.yaml"), GOOD);
    Files.writeString(pipelines.resolve("other.yaml"), GOOD);

    assertThat(PipelineLoader.load(dir, "rides").name()).isEqualTo("rides");
    assertThatThrownBy(() -> PipelineLoader.load(dir, "ride"))
        .hasMessage(
            "No pipeline ride in " + pipelines + " (did you mean rides?): there are other, rides");
    assertThatThrownBy(() -> PipelineLoader.load(dir, "other"))
        .hasMessageContaining("other.yaml defines the pipeline rides");
    assertThatThrownBy(() -> PipelineLoader.load(dir, "../rides"))
        .hasMessageContaining("No pipeline ../rides");
  }

  @Test
  void shouldLoadThePipelinesThatComeWithIt() {
    Path config = Path.of("../config");
    for (String name : PipelineLoader.list(config)) {
      assertThat(PipelineLoader.load(config, name).name()).isEqualTo(name);
    }
    assertThat(PipelineLoader.load(config, "biketown").aggregates())
        .extracting(AggregateDefinition::name)
        .containsExactly(
            "trips_hourly",
            "trips_daily_by_plan",
            "departures_hourly",
            "arrivals_hourly",
            "routes_daily",
            "trips_hourly_by_plan",
            "trips_hourly_by_plan_and_route",
            "stations_monthly");
  }
}
