package dev.tandem.core.decode;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A direct-mapped cache of texts: a new one replaces the one that had its slot. */
final class TextCache {
  static final int SLOTS = 1 << 12;

  private final @Nullable String[] texts = new String[SLOTS];

  int slot(char[] text, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text[i];
    }
    return (hash ^ hash >>> 15) & SLOTS - 1;
  }

  boolean holds(int slot, char[] text, int start, int end) {
    String cached = texts[slot];
    if (cached == null || cached.length() != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (cached.charAt(i - start) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** What the slot holds. */
  String get(int slot) {
    return Objects.requireNonNull(texts[slot]);
  }

  String put(int slot, char[] text, int start, int end) {
    String value = new String(text, start, end - start);
    texts[slot] = value;
    return value;
  }
}
