package dev.tandem.replay.init;

import java.util.regex.Pattern;

/** Texts as YAML takes them. */
final class Quoted {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*( [A-Za-z0-9_.]+)*");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

  private Quoted() {}

  /** Always between quotes. */
  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append("\\x%02x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Between quotes where it needs them. */
  static String ifNeeded(String text) {
    return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() ? text : of(text);
  }
}
