package dev.tandem.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  @TempDir private Path config;

  private Origin origin(String yaml) throws IOException {
    Path file = Files.createDirectories(config.resolve("pipelines")).resolve("calls.yaml");
    Files.writeString(
        file,
        """
        pipeline: calls
        zone: UTC
        fields: {call: string, at: timestamp}
        id: call
        time: at
        aggregates:
          all: {window: day, metrics: {calls: count}}
        """
            + yaml);
    PipelineLoader.load(config, "calls");
    return PipelineLoader.origin(config, "calls");
  }

  @Test
  void shouldReadWhereDataComesFrom() throws IOException {
    assertThat(
            origin(
                """
                origin:
                  history: "https://example.org/{yyyy}/trips-{MM}.csv"
                  live: wss://example.org/subscribe?kind=call
                  cursor: {path: time_us, parameter: cursor, rewind: 5000000}
                  only: {kind: call, call.state: ended}
                """))
        .isEqualTo(
            new Origin(
                Optional.of("https://example.org/{yyyy}/trips-{MM}.csv"),
                Optional.of("wss://example.org/subscribe?kind=call"),
                Optional.of(new Origin.Cursor("time_us", "cursor", 5_000_000)),
                Map.of("kind", "call", "call.state", "ended")));
  }

  @Test
  void shouldBeEmptyWhereNothingIsSaid() throws IOException {
    assertThat(origin(""))
        .isEqualTo(new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          history: https://example.org/all.csv         | history does not say where year and month stand
          history: file:///{yyyy}/{MM}                 | history is no address
          history: "https://me:pw@a.org/{yyyy}{MM}"    | history holds a user or password
          live: example.org                            | live is no address
          live: "https://a b"                          | live is no address
          cursor: {path: a, parameter: "b=c"}          | parameter b=c
          cursor: {path: a, parameter: b, rewind: 5s}  | rewind 5s is no whole number
          cursor: {parameter: b}                       | cursor has no path
          only: [kind]                                 | only
          past: x                                      | unknown key past in origin
          """)
  void shouldSayWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> origin("origin:\n  " + line + "\n"))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("calls.yaml:9:")
        .hasMessageContaining(message)
        .hasMessageNotContaining("pw@");
  }
}
