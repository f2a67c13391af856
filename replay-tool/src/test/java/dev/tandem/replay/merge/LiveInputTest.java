package dev.tandem.replay.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.decode.Decoded;
import dev.tandem.replay.TinyPipeline;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Standard input that goes on, says nothing for long, and sends what is no event. */
@Timeout(120)
class LiveInputTest {
  @TempDir Path dir;

  private final InputStream before = System.in;
  private final PipedOutputStream producer = new PipedOutputStream();
  private Merge merge;

  @BeforeEach
  void open() throws IOException {
    System.setIn(new BufferedInputStream(new PipedInputStream(producer, 1 << 16)));
    merge =
        new Merge(new TinyPipeline(dir, "tiny").definition(), Source.standardInput(), new Intake());
  }

  @AfterEach
  void close() {
    merge.close();
    System.setIn(before);
  }

  private void send(String text) throws IOException {
    producer.write(text.getBytes(UTF_8));
    producer.flush();
  }

  private String next() {
    Optional<Entry> entry = merge.next();
    return entry.isEmpty()
        ? "end"
        : entry.get().decoded() instanceof Decoded.Good good
            ? good.event().id()
            : "!" + entry.get().decoded().line();
  }

  /** Were it to wait for a second event, or for many, it would wait for ever. */
  @Test
  void shouldGiveEachEventThoughNoneFollows() throws IOException {
    send("{\"id\":\"a\",\"at\":10}\n");
    assertThat(next()).isEqualTo("a");
    send("{\"id\":\"b\",\"at\":20}\r\n");
    assertThat(next()).isEqualTo("b");
    send("not json\n");
    assertThat(next()).isEqualTo("!3");
    send("{\"id\":\"late\",\"at\":5}\n");
    assertThat(next()).isEqualTo("late");
    producer.close();
    assertThat(next()).isEqualTo("end");
    assertThat(next()).isEqualTo("end");
  }

  @Test
  void shouldSortWhatComesTogether() throws IOException {
    send("{\"id\":\"c\",\"at\":30}\n{\"id\":\"a\",\"at\":10}\n{\"id\":\"b\",\"at\":20}\n");
    assertThat(next()).isEqualTo("a");
    assertThat(next()).isEqualTo("b");
    assertThat(next()).isEqualTo("c");
  }

  /** Servers keep a connection alive with empty lines. */
  @Test
  void shouldPassOverEmptyLines() throws IOException {
    send("\r\n\n  \n{\"id\":\"a\",\"at\":10}\n\n\r\n");
    assertThat(next()).isEqualTo("a");
    send("\n{}\n");
    assertThat(next()).isEqualTo("!8");
    producer.close();
    assertThat(next()).isEqualTo("end");
  }

  @Test
  void shouldGiveALineThatCameInPieces() throws IOException {
    send("{");
    send("\"id\":\"a\",");
    send("\"at\":10}");
    send("\n");
    assertThat(next()).isEqualTo("a");
    send("{\"id\":\"cut o");
    producer.close();
    assertThat(next()).isEqualTo("!2");
    assertThat(next()).isEqualTo("end");
  }
}
