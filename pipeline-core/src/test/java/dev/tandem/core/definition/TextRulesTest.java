package dev.tandem.core.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.InvalidEventException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that read texts, by the posts pipeline. */
class TextRulesTest {
  private static final Path CONFIG = Path.of("../config");

  private final PipelineDefinition posts = PipelineLoader.load(CONFIG, "posts");
  private final Field text = posts.schema().find("text").orElseThrow();
  private final Field hashtag = posts.schema().find("hashtag").orElseThrow();
  private final Field word = posts.schema().find("word").orElseThrow();
  private final Rules rules = new Rules(posts);
  private final Event event = new Event(posts.schema());

  TextRulesTest() {
    event.setText(posts.schema().id(), "1");
    event.setNumber(posts.schema().time(), 1_000_000);
  }

  @Test
  void shouldDeriveDistinctWordsInSmallLetters() {
    event.setText(text, "The bike, the BIKE! Straße");

    assertThat(rules.apply(event)).isEqualTo(0b1100);
    assertThat(event.texts(word)).containsExactly("the", "bike", "straße");
    assertThat(event.has(hashtag)).isFalse();
  }

  @Test
  void shouldReadHashtagsFromTheTextWhereThePostListsNone() {
    event.setText(text, "#Rain #bike #RAIN");

    assertThat(rules.apply(event)).isEqualTo(0b1111);
    assertThat(event.texts(hashtag)).containsExactly("rain", "bike");
  }

  @Test
  void shouldKeepTheHashtagsThatThePostLists() {
    event.setText(text, "#rain …");
    event.setTexts(hashtag, List.of("Été", "ÉTÉ", "snow"));

    assertThat(rules.apply(event)).isEqualTo(0b0110);
    assertThat(event.texts(hashtag)).containsExactly("été", "snow");
  }

  @Test
  void shouldChangeNothingWithoutText() {
    assertThat(rules.apply(event)).isZero();
    assertThat(event.has(word)).isFalse();
    assertThat(event.has(hashtag)).isFalse();
  }

  /** Whatever stood there before: a derived field has no value of its own. */
  @Test
  void shouldDeriveAgainWhatWasThere() {
    event.setTexts(word, List.of("false"));

    assertThat(rules.apply(event)).isEqualTo(0b0100);
    assertThat(event.has(word)).isFalse();
  }

  @Test
  void shouldKeepDerivedFieldsOutOfTheEventsTopic() throws InvalidEventException {
    event.setText(text, "#Rain");
    rules.apply(event);
    EventJson json = new EventJson(posts);

    String written = new String(json.write(event), UTF_8);
    assertThat(written)
        .isEqualTo(
            "{\"post_id\":\"1\",\"created_at\":\"1970-01-01T00:16:40Z\",\"text\":\"#Rain\","
                + "\"lang\":null,\"hashtag\":[\"rain\"]}");
    String sent = written.replace("{", "{\"word\":[\"sent\"],").replace("}", ",\"word\":7}");
    Event read = json.read(sent.getBytes(UTF_8));
    assertThat(read.has(word)).isFalse();
    assertThat(read.texts(hashtag)).containsExactly("rain");
    assertThat(posts.eventFields()).doesNotContain(word).hasSize(posts.schema().size() - 1);
  }

  /** Each row: what of the posts pipeline is replaced, by what, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          derive: word ~ derive: hashtag ~ derive hashtag, which a format reads from files — use fill, which keeps what was read, or take it out of the formats
          derive: word ~ derive: text ~ derive cannot be text, a string, it must be a strings — fitting are hashtag, word
          words_of: text ~ words_of: hashtag ~ words_of cannot be hashtag, a strings, it must be a string — fitting are post_id, text, lang
          lower: word ~ lower: post_id ~ lower post_id would change the id — use another field
          hashtags_of: text ~ hashtag_of: text ~ unknown key hashtag_of in a rule (did you mean hashtags_of?) — known are fill, seconds, words_of, hashtags_of
          """)
  void shouldSayWhatIsWrongWithARule(String old, String now, String message, @TempDir Path dir)
      throws IOException {
    String yaml = Files.readString(CONFIG.resolve("pipelines/posts.yaml"));
    assertThat(yaml).contains(old);
    Path file = Files.writeString(dir.resolve("posts.yaml"), yaml.replace(old, now));
    assertThatThrownBy(() -> PipelineLoader.load(file))
        .isInstanceOf(TandemException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageEndingWith(": " + message);
  }

  /** What the rows of an aggregate hold depends on the rules that make its dimension. */
  @Test
  void shouldGiveAnAggregateAnotherIdWhenItsTextRulesChange(@TempDir Path dir) throws IOException {
    String yaml = Files.readString(CONFIG.resolve("pipelines/posts.yaml"));
    Path file = Files.writeString(dir.resolve("posts.yaml"), yaml.replace("  - lower: word\n", ""));
    PipelineDefinition other = PipelineLoader.load(file);
    assertThat(id(other, "words_hourly")).isNotEqualTo(id(posts, "words_hourly"));
    assertThat(id(other, "hashtags_hourly")).isEqualTo(id(posts, "hashtags_hourly"));
    assertThat(id(other, "posts_by_minute")).isEqualTo(id(posts, "posts_by_minute"));
  }

  private static long id(PipelineDefinition pipeline, String aggregate) {
    return pipeline.aggregate(aggregate).orElseThrow().id();
  }
}
