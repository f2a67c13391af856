package dev.tandem.replay.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * The text of a post in one of several languages and scripts.
 *
 * @param hashtags those in the text, in its order and as they are written there
 */
record PostText(String language, String text, List<String> hashtags) {

  /** Words and hashtags, common ones first. */
  private record Language(String code, List<String> words, List<String> tags) {
    static Language of(String code, String words, String tags) {
      return new Language(code, List.of(words.split(" ")), List.of(tags.split(" ")));
    }
  }

  private static final List<Language> LANGUAGES =
      List.of(
          Language.of(
              "en",
              "the to and a of I is in it you for that on my this be not so just we at with now"
                  + " today new good it's time love day never city bike coffee music news rain work"
                  + " home",
              "Music NowPlaying BTC news bike rain 80s TBT Portland NFT"),
          Language.of(
              "es",
              "de que la el no y en un por los con una para más hoy está día año qué siempre ñandú",
              "Música Noticias México feliz_martes Año"),
          Language.of(
              "ja", "今日 は いい 天気 です 東京 自転車 に 乗り ました ありがとう 音楽 が 好き カフェ ｶﾌｪ", "自転車 音楽 今日の天気 拡散希望 カフェ"),
          Language.of(
              "ar",
              "في من على هذا اليوم مدينة سلام يا كل الله صباح الخَيْر ٢٠٢١",
              "سلام مدينة صباح_الخير"),
          Language.of(
              "tr",
              "bir ve bu İstanbul ILIK ılık için çok güzel gün IŞIK DİYARBAKIR",
              "İstanbul ışık IŞIK"),
          Language.of(
              "el", "και το να ΟΔΟΣ οδός Σίσυφος ΣΊΣΥΦΟΣ ΚΑΛΗΜΕΡΑ σήμερα", "ΟΔΟΣ καλημέρα ΣΉΜΕΡΑ"),
          Language.of("hi", "और है का मैं नहीं हिन्दी आज दिल्ली क्या ज़िंदगी", "हिन्दी दिल्ली"),
          Language.of("ko", "오늘 은 좋은 날 입니다 음악 자전거 서울 사랑", "음악 서울 BTS"),
          Language.of("ru", "и в не на я что это Город дом сегодня ЁЛКА ёлка", "город Москва"),
          Language.of(
              "de", "und die der ist nicht Straße STRASSE STRAẞE Grüße heute über", "Straße Köln"),
          Language.of("he", "של את לא אני זה שָׁלוֹם היום עיר", "שלום תל_אביב"),
          Language.of("th", "วันนี้ ดี มาก ครับ รัก กรุงเทพ", "กรุงเทพ รัก"),
          // Beyond 16 bits, and a letter with its mark apart (e + U+0301).
          Language.of(
              "und", "𐐀𐐎𐐝 𝐁𝐈𝐊𝐄 cafe\u0301 café CAFE\u0301 ǅungla ﬁn", "𐐀𐐎𐐝 cafe\u0301"));

  private static final double[] SHARES =
      Chance.cumulative(new double[] {40, 9, 12, 8, 5, 3, 4, 5, 4, 3, 2, 3, 2});

  private static final List<String> EMOJI =
      List.of("😂", "❤️", "🔥", "🚲", "👩‍💻", "🇺🇸", "1️⃣", "👍🏽", "☕");

  static PostText of(Random random) {
    Language language = LANGUAGES.get(Chance.pick(SHARES, random));
    StringJoiner text = new StringJoiner(" ");
    List<String> hashtags = new ArrayList<>();
    if (Chance.is(0.2, random)) {
      text.add("RT @user_" + random.nextInt(500) + ":");
    }
    int words = 2 + random.nextInt(14);
    for (int i = 0; i < words; i++) {
      if (Chance.is(0.08, random)) {
        String tag = common(language.tags(), random);
        hashtags.add(tag);
        text.add("#" + tag);
      } else if (Chance.is(0.05, random)) {
        text.add(common(EMOJI, random));
      } else {
        text.add(common(language.words(), random) + mark(random));
      }
    }
    if (Chance.is(0.15, random)) {
      text.add("https://t.co/" + Long.toString(1_000_000_000L + random.nextInt(9_000), 36));
    }
    return new PostText(language.code(), text.toString(), hashtags);
  }

  /** The product of two draws makes the first ones common. */
  private static String common(List<String> from, Random random) {
    return from.get((int) (random.nextDouble() * random.nextDouble() * from.size()));
  }

  private static String mark(Random random) {
    return switch (random.nextInt(24)) {
      case 0 -> ".";
      case 1 -> ",";
      case 2 -> "!";
      case 3 -> "\n";
      case 4 -> "…";
      case 5 -> " &amp;";
      default -> "";
    };
  }
}
