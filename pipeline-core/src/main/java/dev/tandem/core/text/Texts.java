package dev.tandem.core.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSet.SpanCondition;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/**
 * Words and hashtags of a text, and its small letters.
 *
 * <p>Letters (L), marks (M) and digits (Nd) are those of the Unicode version that ICU brings, not
 * of the Java it runs on: engines on different Javas find the same words. Code points outside the
 * Basic Multilingual Plane are as good as others. Nothing is normalised: a letter that is written
 * as one code point and the same as a letter and a mark are two texts, as they are to whoever
 * counts the file with another tool.
 *
 * <p>Thread-safe.
 */
public final class Texts {
  private static final UnicodeSet WORD = new UnicodeSet("[[:L:][:M:][:Nd:]]").freeze();
  private static final UnicodeSet TAG = new UnicodeSet("[[:L:][:M:][:Nd:]_]").freeze();
  private static final char HASH = '#';

  private Texts() {}

  /**
   * All longest runs of letters, marks and digits, in their order, repeated ones too. Emoji are
   * none of these, but the variation selector behind some is a mark and so a run of its own.
   */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int start = WORD.span(text, at, SpanCondition.NOT_CONTAINED);
      at = WORD.span(text, start, SpanCondition.CONTAINED);
      if (at > start) {
        words.add(text.substring(start, at));
      }
    }
    return words;
  }

  /**
   * All runs of letters, marks, digits and {@code _} behind a {@code #}, without it, in their
   * order, repeated ones too. Whatever stands before the {@code #} does not matter.
   */
  public static List<String> hashtags(String text) {
    List<String> tags = new ArrayList<>();
    int hash = text.indexOf(HASH);
    while (hash >= 0) {
      int end = TAG.span(text, hash + 1, SpanCondition.CONTAINED);
      if (end > hash + 1) {
        tags.add(text.substring(hash + 1, end));
      }
      hash = text.indexOf(HASH, end);
    }
    return tags;
  }

  /**
   * In small letters by Unicode's full mapping, whatever the machine's language is: {@code I}
   * becomes {@code i} in Turkey too, {@code İ} becomes {@code i} and a dot above, a sigma at the
   * end of a word {@code ς}.
   */
  public static String lower(String text) {
    return UCharacter.toLowerCase(ULocale.ROOT, text);
  }
}
