package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  private final PipelineDefinition pipeline = PipelineLoader.load(Path.of("../config"), "biketown");

  @TempDir Path dir;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(dir.resolve("sub/deep"));
    Files.createDirectories(dir.resolve("empty"));
    for (String name :
        List.of("b.csv", "a.CSV.gz", "c.txt", ".hidden.csv", "sub/d.csv", "sub/deep/e.csv")) {
      Files.createFile(dir.resolve(name));
    }
  }

  private List<String> expand(String... names) {
    List<String> paths = Arrays.stream(names).map(n -> dir + "/" + n).toList();
    return InputFiles.expand(pipeline, paths).stream()
        .map(f -> dir.relativize(f).toString())
        .toList();
  }

  private void refused(String name, String message) {
    assertThatThrownBy(() -> expand(name))
        .isInstanceOfSatisfying(TandemException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessage(message.replace("DIR", dir.toString()));
  }

  @Test
  void shouldKeepTheGivenOrderAndSortWhatIsFound() {
    assertThat(expand("sub/d.csv", "")).containsExactly("sub/d.csv", "a.CSV.gz", "b.csv");
    assertThat(expand("c.txt", "*.csv")).containsExactly("c.txt", ".hidden.csv", "b.csv");
    assertThat(expand("{a,b,x}.*")).containsExactly("a.CSV.gz", "b.csv");
    assertThat(expand("s*/?.csv")).containsExactly("sub/d.csv");
    assertThat(expand("**.csv"))
        .containsExactly(".hidden.csv", "b.csv", "sub/d.csv", "sub/deep/e.csv");
  }

  @Test
  void shouldTakeEachFileOnce() throws IOException {
    Files.createSymbolicLink(dir.resolve("link.csv"), dir.resolve("b.csv"));
    assertThat(expand("b.csv", "sub/../b.csv", "link.csv", ""))
        .containsExactly("b.csv", "a.CSV.gz");
  }

  @Test
  void shouldTakeAFileWhoseNameLooksLikeAGlob() throws IOException {
    Files.createFile(dir.resolve("x[1].csv"));
    assertThat(expand("x[1].csv")).containsExactly("x[1].csv");
  }

  @Test
  void shouldSayWhatIsNotThere() {
    refused("no.csv", "No file DIR/no.csv: check the path");
    refused("no/no.csv", "No file DIR/no/no.csv, nor its folder: check the path");
    refused("*.tsv", "No files match DIR/*.tsv: check the path and pattern");
    refused("no/*.csv", "No files match DIR/no/*.csv: check the path and pattern");
    refused(
        "empty",
        "No files in directory DIR/empty end with .csv or .csv.gz or .parquet: name another"
            + " directory, or the files themselves");
    refused("[a.csv", "Bad pattern DIR/[a.csv: Missing '] near index 5");
  }
}
