package dev.tandem.replay.generate;

import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Short texts in several scripts, with hashtags. */
final class Sentences {
  private static final List<String> WORDS =
      List.of(
          "the", "a", "and", "to", "we", "is", "of", "today", "new", "bike", "ride", "city", "rain",
          "music", "news", "home", "work", "coffee", "morning", "night", "great", "never", "più",
          "straße", "año", "été", "город", "дом", "今日", "自転車", "음악", "سلام", "مدينة", "🚲", "🙂");

  private static final List<String> TAGS =
      List.of(
          "#bike",
          "#Portland",
          "#rain",
          "#Music",
          "#news",
          "#été",
          "#Straße",
          "#город",
          "#自転車",
          "#음악",
          "#سلام",
          "#tour_de_ville");

  private Sentences() {}

  static String of(Random random) {
    StringJoiner text = new StringJoiner(" ");
    int words = 3 + random.nextInt(12);
    for (int i = 0; i < words; i++) {
      boolean tag = Chance.is(0.12, random);
      List<String> source = tag ? TAGS : WORDS;
      // The product of two draws makes the first ones common.
      text.add(source.get((int) (random.nextDouble() * random.nextDouble() * source.size())));
    }
    return text.toString();
  }
}
