package dev.tandem.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
  private static final String DESERET_LONG_I = "\uD801\uDC00";
  private static final String DESERET_SMALL_LONG_I = "\uD801\uDC28";

  /** Each row: what is shown, a text, its words with a bar between them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          nothing                    ~ ''                            ~ ''
          only signs                 ~ '… -- @ &$'                   ~ ''
          signs cut                  ~ "it's 5pm, don't_stop"        ~ it|s|5pm|don|t|stop
          repeated words stay        ~ a b a                         ~ a|b|a
          an address                 ~ https://t.co/aTgb             ~ https|t|co|aTgb
          letters of any script      ~ Straße été город 東京 서울       ~ Straße|été|город|東京|서울
          no blanks in Japanese      ~ 今日は、いい天気                ~ 今日は|いい天気
          digits of any script       ~ ٢٠٢١ १२ ５                    ~ ٢٠٢١|१२|５
          no other numbers           ~ x² ½ Ⅷ                        ~ x
          marks belong to words      ~ हिन्दी กรุงเทพ שָׁלוֹם            ~ हिन्दी|กรุงเทพ|שָׁלוֹם
          a modifier is a letter     ~ ʰa ー                         ~ ʰa|ー
          emoji are none             ~ a😂b 🚲 ☕ 👩🏽                  ~ a|b
          flags are none             ~ 🇺🇸                           ~ ''
          """)
  void shouldFindWords(String what, String text, String words) {
    assertThat(Texts.words(text)).as(what).isEqualTo(split(words));
  }

  @Test
  void shouldFindLettersBeyondSixteenBits() {
    assertThat(Texts.words("x\uD83D\uDEB2" + DESERET_LONG_I + "\uD835\uDC00 "))
        .containsExactly("x", DESERET_LONG_I + "\uD835\uDC00");
  }

  /**
   * The variation selector is a mark by Unicode's tables, and so it is what the definition says.
   */
  @Test
  void shouldTakeAMarkForARunThoughAnEmojiStandsBeforeIt() {
    assertThat(Texts.words("\u2764\uFE0F a\u0301")).containsExactly("\uFE0F", "a\u0301");
    assertThat(Texts.words("1\uFE0F\u20E3")).containsExactly("1\uFE0F\u20E3");
  }

  /** Half a pair is no letter; events do not have any, but whoever asks must get an answer. */
  @Test
  void shouldPassOverHalfASurrogatePair() {
    assertThat(Texts.words("a\uD801b\uDC00")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          nothing                    ~ ''                          ~ ''
          a bare sign                ~ '# #, ##'                   ~ ''
          letters digits underline   ~ #a #80s_Horror #_           ~ a|80s_Horror|_
          up to any other sign       ~ #rock-n-roll #x’s #NFTs.    ~ rock|x|NFTs
          next to each other         ~ #a#b ##c                    ~ a|b|c
          behind a letter            ~ mail#tag                    ~ tag
          cut off                    ~ #Hor…                       ~ Hor
          only the ASCII sign        ~ ＃wide                       ~ ''
          right to left              ~ صباح #صباح_الخير #תל_אביב!  ~ صباح_الخير|תל_אביב
          marks inside               ~ #हिन्दी #ไทย                 ~ हिन्दी|ไทย
          an emoji ends it           ~ #bike🚲ride                 ~ bike
          """)
  void shouldFindHashtags(String what, String text, String tags) {
    assertThat(Texts.hashtags(text)).as(what).isEqualTo(split(tags));
  }

  @ParameterizedTest
  @CsvSource({
    "ÀÉ Straße,àé straße",
    "STRAẞE,straße",
    "ΟΔΟΣ ΣΑΣ Σ,οδος σας σ",
    "ЁЛКА,ёлка",
    "Ǆǅǆ,ǆǆǆ",
    "東京 ٢ सं,東京 ٢ सं"
  })
  void shouldWriteSmallLettersByTheFullMapping(String text, String lower) {
    assertThat(Texts.lower(text.replace("οδος", "?"))).isEqualTo(lower(lower));
  }

  /** The last sigma of a word is written otherwise. */
  private static String lower(String text) {
    return text.replace("οδος σας σ", "οδο\u03c2 σα\u03c2 σ");
  }

  @Test
  void shouldWriteSmallLettersBeyondSixteenBitsAndKeepMarks() {
    assertThat(Texts.lower(DESERET_LONG_I)).isEqualTo(DESERET_SMALL_LONG_I);
    assertThat(Texts.lower("E\u0301")).as("not composed").isEqualTo("e\u0301");
    assertThat(Texts.lower("\u0130")).as("I with a dot").isEqualTo("i\u0307");
  }

  @Test
  void shouldNotDependOnTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("tr-TR", "lt-LT", "el-GR", "en-US")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(Texts.lower("TITLE I\u0300 ILIK")).as(tag).isEqualTo("title i\u0300 ilik");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Java's own mapping, of another Unicode version, where it knows the letter. */
  @Test
  void shouldAgreeWithJavaOnEveryLetterOfOlderScripts() {
    for (int c = 0; c < 0x3000; c++) {
      String letter = new String(Character.toChars(c));
      if (Character.isLetter(c)) {
        assertThat(Texts.lower(letter)).isEqualTo(letter.toLowerCase(Locale.ROOT));
        assertThat(Texts.words(letter)).containsExactly(letter);
      }
    }
  }

  private static List<String> split(String bars) {
    return bars.isEmpty() ? List.of() : List.of(bars.split("\\|"));
  }
}
