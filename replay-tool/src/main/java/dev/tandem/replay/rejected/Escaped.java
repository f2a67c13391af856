package dev.tandem.replay.rejected;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Any bytes as one line of text: what is no UTF-8 as {@code \xNN}, controls as in Java. */
final class Escaped {
  private Escaped() {}

  /**
   * @param most characters; what is longer is cut, and its length in bytes follows
   */
  static String text(byte[] bytes, int most) {
    StringBuilder out = new StringBuilder();
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer chars = CharBuffer.allocate(256);
    while (in.hasRemaining() && out.length() <= most) {
      CoderResult result = utf8.decode(in, chars, true);
      chars.flip();
      while (chars.hasRemaining()) {
        escape(chars.get(), out);
      }
      chars.clear();
      if (result.isError()) {
        for (int i = 0; i < result.length(); i++) {
          out.append("\\x%02X".formatted(in.get() & 0xff));
        }
      }
    }
    if (out.length() <= most) {
      return out.toString();
    }
    int end = Character.isHighSurrogate(out.charAt(most - 1)) ? most - 1 : most;
    return out.substring(0, end) + "… (%,d bytes)".formatted(bytes.length);
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (Character.isISOControl(c)) {
          out.append("\\x%02X".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
