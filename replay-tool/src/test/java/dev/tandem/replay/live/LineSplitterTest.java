package dev.tandem.replay.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.decode.FileDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter =
      new LineSplitter(
          new Inbox() {
            @Override
            public void message(byte[] bytes, boolean cut) {
              lines.add(bytes.length > 100 ? bytes.length + " " + cut : new String(bytes, UTF_8));
            }

            @Override
            public void alive() {
              // Every piece is a sign of life.
            }
          });

  private void take(String text) {
    splitter.take(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Test
  void shouldPutLinesTogetherThatComeInPieces() {
    take("{\"a\":");
    take("1}\r");
    take("\n{\"b\":2}\n{\"c\"");
    assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":2}");
    splitter.end();
    assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\"");
  }

  @Test
  void shouldPassOverEmptyLines() {
    take("\r\n\n\r\n");
    splitter.end();
    assertThat(lines).isEmpty();
  }

  @Test
  void shouldKeepTheBeginningOfALineThatIsTooLong() {
    int most = FileDecoder.MAX_RECORD_BYTES;
    take(
        "x".repeat(most) + "\r\n" + "y".repeat(most + 1) + "\n" + "z".repeat(3 * most) + "\nend\n");
    assertThat(lines).containsExactly(most + " false", most + " true", most + " true", "end");
  }
}
