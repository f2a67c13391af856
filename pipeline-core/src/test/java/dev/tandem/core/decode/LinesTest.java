package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class LinesTest {
  private static final Pattern LINE = Pattern.compile("[^\r\n]*(\r\n|\r|\n)|[^\r\n]+$");

  /** The buffer holds 65,536 bytes: texts begin just before its end. */
  @Property
  void shouldSplitAtAnyLineBreakAlsoAcrossBuffers(
      @ForAll @StringLength(max = 12) @Chars({'a', '\r', '\n'}) @CharRange(from = 'b', to = 'b')
          String text,
      @ForAll @IntRange(min = 65_520, max = 65_540) int before) {
    String file = "x".repeat(before) + text;
    List<String> expected = new ArrayList<>();
    Matcher matcher = LINE.matcher(file);
    while (matcher.find()) {
      expected.add(matcher.group());
    }
    List<String> found = new ArrayList<>();
    try (Lines lines = new Lines(new ByteArrayInputStream(file.getBytes(ISO_8859_1)), "f")) {
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        found.add(new String(line.bytes(), ISO_8859_1));
        assertThat(line.number()).isEqualTo(found.size());
        assertThat(line.tooLong()).isFalse();
      }
    }
    assertThat(found).isEqualTo(expected);
  }
}
