package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Origin;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The pipelines of live streams read messages as their publishers document them. */
class LiveFormatsTest {
  private static final Path CONFIG = Path.of("../config");

  /** As <a href="https://github.com/bluesky-social/jetstream">Jetstream</a> writes it. */
  private static final String JETSTREAM =
      """
      {"did":"did:plc:eygmaihciaxprqvxpfvl6flk","time_us":1725911162329308,"kind":"commit",
       "commit":{"rev":"3l3qo2vutsw2b","operation":"create","collection":"app.bsky.feed.post",
        "rkey":"3l3qo2vuowo2b","cid":"bafyreidc6sydkkbchcyg62v77wbhzvb2mvytlmsychqgwf2xojjtirmzj4",
        "record":{"$type":"app.bsky.feed.post","createdAt":"2024-09-09T19:46:02.102Z",
         "langs":["de","en"],"text":"Grüße vom #Rad! 🚲",
         "facets":[
          {"index":{"byteStart":13,"byteEnd":17},
           "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"Rad"}]},
          {"index":{"byteStart":0,"byteEnd":1},
           "features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://example.org"}]}]}}}
      """;

  /** As <a href="https://docs.x.com/x-api/stream/stream-filtered-posts">X</a> documents it. */
  private static final String FILTERED_STREAM =
      """
      {"data":{"id":"1346889436626259968","text":"Learn how to use #RadEntzug \\ud83d\\udeb2",
        "created_at":"2021-01-06T18:40:40.000Z","lang":"en",
        "entities":{"hashtags":[{"start":17,"end":27,"tag":"RadEntzug"}]},
        "edit_history_tweet_ids":["1346889436626259968"]},
       "matching_rules":[{"id":"1166916266197536768","tag":"bikes"}]}
      """;

  private static Event decode(PipelineDefinition pipeline, String message) {
    Decoded decoded = MessageDecoder.of(pipeline).decode(1, message.getBytes(UTF_8), false);
    assertThat(decoded).isInstanceOf(Decoded.Good.class);
    Event event = ((Decoded.Good) decoded).event();
    new Rules(pipeline).apply(event);
    return event;
  }

  private static Field field(PipelineDefinition pipeline, String name) {
    return pipeline.schema().fields().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldReadPostsOfJetstream() {
    PipelineDefinition bluesky = PipelineLoader.load(CONFIG, "bluesky");
    Event event = decode(bluesky, JETSTREAM);
    assertThat(event.id()).isEqualTo("did:plc:eygmaihciaxprqvxpfvl6flk/3l3qo2vuowo2b");
    assertThat(Instant.ofEpochMilli(event.time())).isEqualTo("2024-09-09T19:46:02.329Z");
    assertThat(event.text(field(bluesky, "lang"))).isEqualTo("de");
    assertThat(event.texts(field(bluesky, "hashtag"))).containsExactly("rad");
    assertThat(event.texts(field(bluesky, "word"))).containsExactly("grüße", "vom", "rad");
    Origin origin = PipelineLoader.origin(CONFIG, "bluesky");
    assertThat(origin.live()).get().asString().startsWith("wss://jetstream");
    assertThat(origin.cursor()).contains(new Origin.Cursor("time_us", "cursor", 5_000_000));
  }

  @Test
  void shouldRefuseWhatIsNoPost() {
    PipelineDefinition bluesky = PipelineLoader.load(CONFIG, "bluesky");
    String account = "{\"did\":\"did:plc:a\",\"time_us\":1,\"kind\":\"account\"}";
    assertThat(MessageDecoder.of(bluesky).decode(1, account.getBytes(UTF_8), false))
        .isInstanceOf(Decoded.Bad.class);
    PipelineDefinition x = PipelineLoader.load(CONFIG, "x-posts");
    String error = "{\"errors\":[{\"title\":\"operational-disconnect\"}]}";
    assertThat(MessageDecoder.of(x).decode(1, error.getBytes(UTF_8), false))
        .isInstanceOf(Decoded.Bad.class);
  }

  @Test
  void shouldReadPostsOfTheFilteredStream() {
    PipelineDefinition x = PipelineLoader.load(CONFIG, "x-posts");
    Event event = decode(x, FILTERED_STREAM);
    assertThat(event.id()).isEqualTo("1346889436626259968");
    assertThat(Instant.ofEpochMilli(event.time())).isEqualTo("2021-01-06T18:40:40Z");
    assertThat(event.texts(field(x, "hashtag"))).containsExactly("radentzug");
    assertThat(event.text(field(x, "text"))).endsWith("🚲");
  }
}
