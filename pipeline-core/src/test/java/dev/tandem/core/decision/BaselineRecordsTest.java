package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.AggregateDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Baselines as they are written and read again. */
class BaselineRecordsTest {
  private static final AggregateDefinition DEPARTURES =
      TestPipeline.load().decisions().aggregates().iterator().next();

  private final BaselineRecords read = new BaselineRecords();

  private static WeekProfile profile(double expected) {
    double[] means = new double[Hours.OF_WEEK];
    Arrays.fill(means, expected);
    double[] spreads = new double[Hours.OF_WEEK];
    Arrays.fill(spreads, 1);
    return new WeekProfile(means, spreads);
  }

  private static List<Map.Entry<byte[], byte[]>> version(String version, double expected) {
    return BaselineRecords.of(
        version,
        "2017-01-02T00:00:00-08:00",
        "2017-07-03T00:00:00-07:00",
        Map.of(DEPARTURES, Map.of("A", profile(expected), "", profile(1))),
        Map.of("A", new Place(45.5, -122.25)));
  }

  @Test
  void shouldReadWhatIsWritten() {
    version("9", 2.34567).forEach(r -> read.accept(r.getKey(), r.getValue()));
    Baseline baseline = read.find("9").orElseThrow();
    assertThat(read.newest()).contains("9");
    assertThat(baseline.normal(DEPARTURES, "A", 167)).contains(new Normal(2.346, 1));
    assertThat(baseline.normal(DEPARTURES, "", 0)).contains(new Normal(1, 1));
    assertThat(baseline.normal(DEPARTURES, "B", 0)).isEmpty();
    assertThat(baseline.place("A")).contains(new Place(45.5, -122.25));
  }

  /** Other programs read these records. */
  @Test
  void shouldKeepTheFormat() {
    List<Map.Entry<byte[], byte[]>> records = version("9", 2);
    assertThat(records.stream().map(r -> text(r.getKey())))
        .containsExactly(
            "{\"version\":\"9\",\"aggregate\":\"" + DEPARTURES.name() + "\",\"subject\":\"\"}",
            "{\"version\":\"9\",\"aggregate\":\"" + DEPARTURES.name() + "\",\"subject\":\"A\"}",
            "{\"version\":\"9\",\"place\":\"A\"}",
            "{\"version\":\"9\"}");
    assertThat(text(records.get(1).getValue()))
        .startsWith("{\"definition\":\"" + DEPARTURES.hexId() + "\",\"expected\":[2.0,2.0,");
    assertThat(text(records.get(3).getValue()))
        .isEqualTo(
            "{\"from\":\"2017-01-02T00:00:00-08:00\",\"to\":\"2017-07-03T00:00:00-07:00\",\"records\":3}");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void shouldNotKnowAVersionBeforeAllOfItIsThere() {
    version("9", 1).forEach(r -> read.accept(r.getKey(), r.getValue()));
    List<Map.Entry<byte[], byte[]>> next = version("10", 2);
    next.subList(1, 4).forEach(r -> read.accept(r.getKey(), r.getValue()));
    assertThat(read.newest()).contains("9");
    read.accept(next.get(0).getKey(), next.get(0).getValue());
    assertThat(read.newest()).contains("10");
  }

  @Test
  void shouldForgetWhatIsTakenAway() {
    version("9", 1).forEach(r -> read.accept(r.getKey(), r.getValue()));
    version("10", 2).forEach(r -> read.accept(r.getKey(), r.getValue()));
    List<byte[]> old = read.keysOfOld(1, Optional.empty());
    assertThat(old.stream().map(BaselineRecordsTest::text))
        .hasSize(4)
        .first()
        .isEqualTo("{\"version\":\"9\"}");
    old.forEach(key -> read.accept(key, null));
    assertThat(read.find("9")).isEmpty();
    assertThat(read.keysOfOld(1, Optional.empty())).isEmpty();
    assertThat(read.newest()).contains("10");
  }

  @Test
  void shouldSpareTheVersionThatIsPinned() {
    for (String number : List.of("8", "9", "10")) {
      version(number, 1).forEach(r -> read.accept(r.getKey(), r.getValue()));
    }
    assertThat(read.keysOfOld(1, Optional.of("8")).stream().map(BaselineRecordsTest::text))
        .hasSize(4)
        .allMatch(key -> key.startsWith("{\"version\":\"9\""));
  }

  @Test
  void shouldPassOverWhatIsNoBaseline() {
    read.accept(new byte[] {1, 2}, new byte[0]);
    read.accept("{\"version\":\"9\"}".getBytes(StandardCharsets.UTF_8), new byte[] {'x'});
    assertThat(read.newest()).isEmpty();
  }
}
