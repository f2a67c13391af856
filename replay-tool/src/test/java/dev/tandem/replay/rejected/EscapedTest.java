package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {
  @Test
  void shouldShowAnyBytesInOneLine() {
    assertThat(Escaped.text("a\tb\r\n\u0007 ü€😀".getBytes(UTF_8), 100))
        .isEqualTo("a\\tb\\r\\n\\x07 ü€😀");
    assertThat(Escaped.text(new byte[] {'a', (byte) 0xC3, '"', (byte) 0xFF}, 100))
        .isEqualTo("a\\xC3\"\\xFF");
    assertThat(Escaped.text(new byte[0], 100)).isEmpty();
  }

  @Test
  void shouldCutWhatIsLong() {
    assertThat(Escaped.text("x".repeat(1_234_567).getBytes(UTF_8), 5))
        .isEqualTo("xxxxx… (1,234,567 bytes)");
    assertThat(Escaped.text("xxxx😀yy".getBytes(UTF_8), 5)).startsWith("xxxx… (");
    assertThat(Escaped.text("€".repeat(1_000).getBytes(UTF_8), 1_000)).hasSize(1_000);
  }
}
