package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose values are not divided by commas, also beside some whose values are. */
class DelimitersTest {
  @TempDir private Path folder;
  private PipelineDefinition pipeline;

  @BeforeEach
  void definePipeline() throws IOException {
    pipeline = load("\";\"");
  }

  private PipelineDefinition load(String delimiter) throws IOException {
    Path file = folder.resolve("calls.yaml");
    Files.writeString(
        file,
        """
        pipeline: calls
        zone: UTC
        fields: {call: string, at: timestamp, note: string}
        id: call
        time: at
        formats:
          other:
            type: csv
            delimiter: %s
            columns: {call: Call, at: {from: At, as: epoch_us}, note: Note}
          plain:
            type: csv
            columns: {call: id, at: {from: at, as: epoch_ms}, note: note}
        aggregates:
          all: {window: day, metrics: {calls: count}}
        """
            .formatted(delimiter));
    return PipelineLoader.load(file);
  }

  private List<String> read(String text) {
    List<String> events = new ArrayList<>();
    try (FileDecoder decoder =
        FileDecoder.open(pipeline, new ByteArrayInputStream(text.getBytes(UTF_8)), "calls.csv")) {
      while (decoder.hasNext()) {
        Event event = ((Decoded.Good) decoder.next()).event();
        String note = event.text(pipeline.schema().byName().get("note"));
        events.add(event.id() + " " + event.time() + " " + note);
      }
    }
    return events;
  }

  @Test
  void shouldReadSemicolonsAndKeepCommasInValues() {
    assertThat(read("Call;At;Note\n1;1725911162329308;a, b\n2;999;\"c;d\"\n"))
        .containsExactly("1 1725911162329 a, b", "2 0 c;d");
  }

  @Test
  void shouldTellFormatsApartByWhatDividesTheHeader() {
    assertThat(read("\n\nid,at,note\n7,1000,a;b\n")).containsExactly("7 1000 a;b");
    assertThat(read("\"Call\";\"At\";\"Note\"\n\"1\";\"5000\";\"x\"\n")).containsExactly("1 5 x");
  }

  @Test
  void shouldReadTabs() throws IOException {
    pipeline = load("tab");
    assertThat(read("Note\tCall\tAt\n one \t1\t1000\n")).containsExactly("1 1 one");
  }

  /** A header of the right names but divided otherwise is one name only. */
  @Test
  void shouldSayWhichColumnsAreMissing() {
    assertThatThrownBy(() -> read("Call|At|Note\n1|2|3\n"))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("calls.csv: no column")
        .hasMessageContaining("Call|At|Note");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"ab\"", "a", "'\"'", "' '", "[1]"})
  void shouldRefuseWhatCannotDivideValues(String delimiter) {
    assertThatThrownBy(() -> load(delimiter))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("calls.yaml:9:16: delimiter is");
  }
}
