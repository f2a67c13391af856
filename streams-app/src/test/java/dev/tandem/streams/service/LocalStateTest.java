package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStateTest {
  private static final Map<String, TopicIds.Topic> CHANGELOGS =
      Map.of("rows-changelog", new TopicIds.Topic("aaa", 4));

  @TempDir Path dir;

  private LocalState state() throws IOException {
    Files.createDirectories(dir.resolve("tandem-p"));
    return new LocalState(dir, "tandem-p");
  }

  @Test
  void shouldFitWhenNothingIsKnownOrAllIsTheSame() throws IOException {
    LocalState state = state();
    assertThat(state.fits("c1", CHANGELOGS)).isTrue();
    state.belongsTo("c1", CHANGELOGS);
    assertThat(state.fits("c1", CHANGELOGS)).isTrue();
  }

  @Test
  void shouldNotFitWhenAChangelogIsGoneOrMadeAnew() throws IOException {
    LocalState state = state();
    state.belongsTo("c1", CHANGELOGS);
    assertThat(state.fits("c1", Map.of())).isFalse();
    assertThat(state.fits("c1", Map.of("rows-changelog", new TopicIds.Topic("bbb", 4)))).isFalse();
  }

  @Test
  void shouldRefuseTheFolderOfAnotherCluster() throws IOException {
    LocalState state = state();
    state.belongsTo("c1", CHANGELOGS);
    assertThatThrownBy(() -> state.fits("c2", CHANGELOGS))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("is of Kafka cluster c1, this is cluster c2");
  }

  @Test
  void shouldSayWhichFolderCannotBeWritten() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertThatThrownBy(() -> new LocalState(file, "tandem-p").belongsTo("c1", CHANGELOGS))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("cannot write to the state folder");
  }
}
