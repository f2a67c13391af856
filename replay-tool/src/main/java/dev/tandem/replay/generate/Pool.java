package dev.tandem.replay.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The values of a text field; a few are common and many are rare. Fields whose names end alike
 * ({@code start_station}, {@code end_station}) have the same. One value has a trailing blank.
 */
final class Pool {
  private static final int SIZE = 60;
  private static final int TRAILING_BLANK = 5;
  private static final double[] SHARES = shares();

  private final List<String> values = new ArrayList<>();

  Pool(String field) {
    String word = field.substring(field.lastIndexOf('_') + 1);
    for (int i = 1; i <= SIZE; i++) {
      values.add(word + " " + i + (i == TRAILING_BLANK ? " " : ""));
    }
  }

  private static double[] shares() {
    double[] weights = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      weights[i] = 1.0 / (i + 3);
    }
    return Chance.cumulative(weights);
  }

  String draw(Random random) {
    return values.get(Chance.pick(SHARES, random));
  }

  /** Up to three, distinct. */
  List<String> drawSome(Random random) {
    int count = random.nextInt(4);
    List<String> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = draw(random).strip();
      if (!some.contains(value)) {
        some.add(value);
      }
    }
    return some;
  }
}
