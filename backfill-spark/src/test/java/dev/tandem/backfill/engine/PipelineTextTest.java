package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.PipelineDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PipelineTextTest {
  private static final Path CONFIG = Path.of(System.getProperty("tandem.home"), "config");

  @Test
  void shouldGiveTheSameDefinitionsWhereItIsNotKnownYet() {
    PipelineText here = PipelineText.load(CONFIG, "biketown");
    // A JVM that never saw the folder has only the text; a comment makes it one that is not cached.
    PipelineText there = new PipelineText("biketown", here.yaml() + "\n# far away\n");
    PipelineDefinition parsed = there.definition();
    assertThat(parsed.aggregates()).isEqualTo(here.definition().aggregates());
    assertThat(parsed.zone()).isEqualTo(here.definition().zone());
  }

  @Test
  void shouldSurviveTheWayToAnExecutor() throws Exception {
    PipelineText here = PipelineText.load(CONFIG, "biketown");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(here);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(here);
    }
  }
}
