package dev.tandem.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions as a pipeline declares them, and what is said of mistakes. */
class DecisionsParserTest {
  private static final String PIPELINE =
      """
      pipeline: rides
      zone: UTC
      fields: {ride: string, at: timestamp, end: timestamp, from: string, to: string, seconds: long, way: {type: decimal, scale: 2}}
      id: ride
      time: at
      metrics: {rides: count}
      aggregates:
        out: {by: [from], window: hour}
        in: {by: [to], window: hour, time: end}
        both: {by: [from, to], window: hour}
        daily: {by: [from], window: day}
      """;

  @TempDir Path dir;

  private PipelineDefinition load(String more) throws IOException {
    return PipelineLoader.load(Files.writeString(dir.resolve("rides.yaml"), PIPELINE + more));
  }

  private void refused(String decision, String... words) {
    assertThatThrownBy(() -> load("decisions:\n  d: " + decision + "\n"))
        .isInstanceOf(TandemException.class)
        .message()
        .contains("rides.yaml:")
        .contains(words);
  }

  @Test
  void shouldReadADecisionOfEachKind() throws IOException {
    PipelineDefinition pipeline =
        load(
            """
            lateness: 90m
            decisions:
              a: {kind: imbalance, in: in, out: out, hours: 3, threshold: 8, beyond_normal: 2.5, clear: 3, quiet: 6h}
              b: {kind: silence, aggregate: out, hours: 6, expected: 10}
              c: {kind: outlier, seconds_between: [at, end], over: 30d}
              d: {kind: outlier, subject: from, speed: [way, seconds], over: 60.5}
              e: {kind: rejected_share, percent: 5, least: 100}
              f: {kind: trend, aggregate: out, factor: 4, least: 10}
            """);
    AggregateDefinition in = pipeline.aggregate("in").orElseThrow();
    AggregateDefinition out = pipeline.aggregate("out").orElseThrow();
    Schema schema = pipeline.schema();
    Duration day = Duration.ofHours(24);
    assertThat(pipeline.decisions().lateness()).isEqualTo(Duration.ofMinutes(90));
    assertThat(pipeline.decisions().aggregates()).containsExactly(in, out);
    assertThat(pipeline.decisions().all())
        .containsExactly(
            new Decision.Imbalance(
                "a", in, out, 3, 8, OptionalDouble.of(2.5), 3, Duration.ofHours(6)),
            new Decision.Silence("b", out, 6, 10, day),
            new Decision.Outlier(
                "c",
                Optional.empty(),
                new Decision.Limit.SecondsBetween(
                    schema.find("at").orElseThrow(), schema.find("end").orElseThrow(), 2_592_000),
                day),
            new Decision.Outlier(
                "d",
                schema.find("from"),
                new Decision.Limit.Speed(
                    schema.find("way").orElseThrow(), schema.find("seconds").orElseThrow(), 60.5),
                day),
            new Decision.RejectedShare("e", 5, 2.5, 100, day),
            new Decision.Trend("f", out, 24, 4, 2, 10, day));
  }

  @Test
  void shouldHaveNoDecisionsWhenNoneAreDeclared() throws IOException {
    assertThat(load("").decisions()).isEqualTo(Decisions.NONE);
  }

  @Test
  void shouldKeepTheIdsOfAggregatesWhenDecisionsAreAdded() throws IOException {
    assertThat(load("decisions: {s: {kind: silence, aggregate: out, hours: 6, expected: 10}}\n"))
        .extracting(PipelineDefinition::aggregates)
        .isEqualTo(load("").aggregates());
  }

  @Test
  void shouldSayWhatIsWrong() {
    refused("{kind: inbalance}", ":13:13:", "unknown kind inbalance", "did you mean imbalance");
    refused("{kind: silence, agregate: out}", "unknown key agregate", "aggregate");
    refused("{kind: silence, aggregate: outt, hours: 6}", "unknown aggregate outt", "out");
    refused("{kind: silence, aggregate: daily, hours: 6}", "cannot look at daily", "an hour");
    refused("{kind: trend, aggregate: both, factor: 2, least: 3}", "cannot look at both");
    refused("{kind: silence, aggregate: out, hours: 0}", "hours 0", "from 1 to 168");
    refused("{kind: silence, aggregate: out, hours: 6}", "has no expected");
    refused("{kind: outlier, over: 3d}", "has none of seconds_between, speed");
    refused("{kind: outlier, speed: [way], over: 3}", "1 fields", "write [WAY, SECONDS]");
    refused("{kind: outlier, speed: [at, seconds], over: 3}", "speed cannot be at");
    refused("{kind: rejected_share, percent: 5, clear: 6, least: 1}", "clear 6", "0 to 5");
    refused("{kind: rejected_share, percent: 5, least: 1, quiet: soon}", "'soon' is not a length");
  }

  @Test
  void shouldRefuseALatenessOfDays() {
    assertThatThrownBy(() -> load("lateness: 7d\n")).hasMessageContaining("at most 48h");
  }
}
