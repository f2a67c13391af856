package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesDecoderTest {
  @TempDir Path dir;
  private PipelineDefinition pipeline;

  @BeforeEach
  void load() throws IOException {
    String yaml =
        """
        pipeline: posts
        zone: UTC
        fields:
          post: string
          at: timestamp
          text: string
          tags: strings
          likes: long
          score: {type: decimal, scale: 1}
          pinned: boolean
        id: post
        time: at
        formats:
          tweets:
            type: json-lines
            paths:
              post: id_str
              at: {from: created_at, pattern: "EEE MMM dd HH:mm:ss Z yyyy"}
              text: {any: [full_text, text]}
              tags: "entities.hashtags[].text"
              likes: stats.likes
              score: stats.score
              pinned: pinned
        aggregates:
          by_minute: {window: minute, metrics: {posts: count}}
        """;
    pipeline = PipelineLoader.load(Files.writeString(dir.resolve("posts.yaml"), yaml));
  }

  private List<Decoded> decode(byte[] bytes) {
    List<Decoded> decoded = new ArrayList<>();
    try (FileDecoder decoder =
        FileDecoder.open(pipeline, new ByteArrayInputStream(bytes), "posts.jsonl")) {
      decoder.forEachRemaining(decoded::add);
    }
    return decoded;
  }

  @Test
  void shouldReadPathsListsAndAliases() {
    String post =
        """
        {"created_at": "Tue Jul 06 16:04:47 +0200 2021", "id_str": " 14 ", "text": "short", \
        "full_text": "lo\\nng 🚲", "stats": {"likes": 12, "score": 1.25}, "pinned": true, \
        "entities": {"hashtags": [{"text": "b"}, {"text": " a "}, {"x": 1}, {"text": ""}, {"text": "b"}]}}
        """;
    Event event = ((Decoded.Good) decode(post.getBytes(UTF_8)).get(0)).event();

    assertThat(event.id()).isEqualTo("14");
    assertThat(Instant.ofEpochMilli(event.time())).isEqualTo("2021-07-06T14:04:47Z");
    assertThat(event.text(pipeline.schema().find("text").orElseThrow())).isEqualTo("lo\nng 🚲");
    assertThat(event.texts(pipeline.schema().find("tags").orElseThrow())).containsExactly("b", "a");
    assertThat(event.number(pipeline.schema().find("likes").orElseThrow())).isEqualTo(12);
    assertThat(event.number(pipeline.schema().find("score").orElseThrow())).isEqualTo(13);
    assertThat(event.number(pipeline.schema().find("pinned").orElseThrow())).isEqualTo(1);
  }

  @Test
  void shouldRejectOnlyTheLinesThatAreNoEvents() {
    String time = "\"created_at\":\"Tue Jul 06 16:04:47 +0000 2021\"";
    String file =
        String.join(
            "\n",
            "{\"id_str\":\"1\"," + time + "}",
            "",
            "  ",
            "{\"id_str\":",
            "{} {}",
            "[1]",
            "{" + time + "}",
            "{\"id_str\":\"2\",\"created_at\":\"Mon Jul 06 16:04:47 +0000 2021\"}",
            "{\"id_str\":\"\u00e9\"," + time + "}",
            "{\"id_str\":\"\\ud800\"," + time + "}",
            "{\"id_str\":\"3\"," + time + ",\"text\":null}\r\n");
    List<Decoded> decoded = decode(file.getBytes(ISO_8859_1));

    assertThat(decoded).extracting(Decoded::line).startsWith(1L, 2L, 3L).hasSize(11);
    assertThat(decoded.subList(1, 10))
        .extracting(d -> ((Decoded.Bad) d).reason())
        .containsExactly(
            RejectReason.BLANK,
            RejectReason.BLANK,
            RejectReason.NOT_JSON,
            RejectReason.NOT_JSON,
            RejectReason.NOT_AN_OBJECT,
            RejectReason.MISSING_ID,
            RejectReason.UNREADABLE_TIME,
            RejectReason.INVALID_UTF8,
            RejectReason.MALFORMED);
    assertThat(decoded.get(0)).isInstanceOf(Decoded.Good.class);
    assertThat(decoded.get(10)).isInstanceOf(Decoded.Good.class);
    assertThat(((Decoded.Bad) decoded.get(5)).raw()).asString(UTF_8).isEqualTo("[1]");
  }

  @Test
  void shouldReadThePublishedPosts() {
    Path file = TestData.posts();
    try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
      List<Decoded> all = new ArrayList<>();
      decoder.forEachRemaining(all::add);
      assertThat(all).hasSize(892).hasOnlyElementsOfType(Decoded.Good.class);
    }
  }
}
