package dev.tandem.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionIdsTest {
  private static final String YAML =
      """
      pipeline: p
      description: one
      zone: UTC
      fields:
        id: string
        at: timestamp
        end: timestamp
        n: long
        d: {type: decimal, scale: 2}
        other: long
      id: id
      time: at
      rules:
        - {fill: n, seconds: [at, end]}
        - {null_outside: n, range: [0, 5]}
        - {null_unless_within: end, after: at, within: 1h}
        - {null_outside: other, range: [0, 5]}
      aggregates:
        a: {window: hour, metrics: {c: count, n: stats}}
      """;

  @TempDir Path dir;

  private long id(String yaml) throws IOException {
    return PipelineLoader.load(Files.writeString(dir.resolve("p.yaml"), yaml))
        .aggregates()
        .get(0)
        .id();
  }

  /** Golden: this id is in row keys and topics; a change of it makes every row start anew. */
  @Test
  void shouldKeepTheIdOfADefinition() throws IOException {
    assertThat(Long.toHexString(id(YAML))).isEqualTo("d000a895e1c1c7cb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zone: UTC | zone: Europe/Paris",
        "a: {window | b: {window",
        "window: hour | window: day",
        "window: hour | window: hour, by: [other]",
        "window: hour | window: hour, time: end",
        "n: stats | n: histogram",
        "c: count, n: stats | n: stats, c: count",
        "n: long | n: {type: decimal, scale: 0}",
        "n, range: [0, 5] | n, range: [0, 6]",
        // n is filled from end, so what happens to end matters
        "within: 1h | within: 2h",
      })
  void shouldChangeTheIdWhenRowsWouldDiffer(String was, String is) throws IOException {
    String yaml =
        was.startsWith("n: long") ? YAML.replace("  - {fill: n, seconds: [at, end]}\n", "") : YAML;
    assertThat(yaml).contains(was);
    assertThat(id(yaml.replace(was, is))).isNotEqualTo(id(yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "description: one | description: two",
        "pipeline: p | pipeline: q",
        "other: long | others: long",
        "scale: 2 | scale: 3",
        "other, range: [0, 5] | other, range: [0, 6]",
        "at: timestamp | at: timestamp\\n  y: string",
      })
  void shouldKeepTheIdWhenRowsWouldNotDiffer(String was, String is) throws IOException {
    String yaml =
        was.startsWith("other: long")
            ? YAML.replace("  - {null_outside: other, range: [0, 5]}\n", "")
            : YAML;
    assertThat(yaml).contains(was);
    assertThat(id(yaml.replace(was, is.replace("\\n", "\n")))).isEqualTo(id(yaml));
  }
}
