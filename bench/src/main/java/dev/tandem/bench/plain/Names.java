package dev.tandem.bench.plain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for names, found by their bytes without making a string. A thread has one of its own over
 * a list that all share, so that a name has the same number everywhere. 0 is no name.
 */
public final class Names {

  /** The list that all share. */
  public static final class Shared {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    public synchronized int number(String name) {
      return numbers.computeIfAbsent(
          name,
          n -> {
            names.add(n);
            return names.size();
          });
    }

    /** Null of 0. */
    public synchronized @Nullable String name(int number) {
      return number == 0 ? null : names.get(number - 1);
    }
  }

  private final Shared shared;
  private byte[][] slots = new byte[1 << 12][];
  private int[] numbers = new int[1 << 12];
  private int size;

  public Names(Shared shared) {
    this.shared = shared;
  }

  /** The number of bytes from {@code start} to {@code end}, exclusive. */
  public int number(byte[] text, int start, int end) {
    if (start == end) {
      return 0;
    }
    int mask = slots.length - 1;
    int slot = hash(text, start, end) & mask;
    while (slots[slot] != null) {
      byte[] name = slots[slot];
      if (Arrays.equals(name, 0, name.length, text, start, end)) {
        return numbers[slot];
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = Arrays.copyOfRange(text, start, end);
    numbers[slot] = shared.number(new String(text, start, end - start, StandardCharsets.UTF_8));
    int number = numbers[slot];
    if (++size * 2 > slots.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    byte[][] names = slots;
    int[] before = numbers;
    slots = new byte[names.length * 2][];
    numbers = new int[slots.length];
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i];
      if (name != null) {
        int slot = hash(name, 0, name.length) & (slots.length - 1);
        while (slots[slot] != null) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = name;
        numbers[slot] = before[i];
      }
    }
  }

  private static int hash(byte[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    return hash ^ hash >>> 15;
  }
}
