package dev.tandem.replay.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.TandemException;
import dev.tandem.core.config.Home;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path dir;

  @Test
  void shouldGiveTheSameBytesForTheSameSeedAndOthersForAnother() throws IOException {
    List<Path> one = generate("biketown", 2_000, 7, "one");
    List<Path> again = generate("biketown", 2_000, 7, "again");
    List<Path> other = generate("biketown", 2_000, 8, "other");
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).hasSameBinaryContentAs(again.get(i));
      assertThat(Files.mismatch(one.get(i), other.get(i))).isNotEqualTo(-1);
    }
  }

  @Test
  void shouldHoldEveryKindOfDefectWhenThereAreAFewHundredTrips() throws IOException {
    List<String[]> rows = trips(generate("biketown", 900, 1, "out"));
    assertThat(rows).as("blank").anyMatch(r -> String.join("", r).isEmpty());
    rows.removeIf(r -> String.join("", r).isEmpty());
    assertThat(rows).hasSize(900);
    assertThat(rows).as("ids").extracting(r -> r[0]).doesNotHaveDuplicates();
    assertThat(rows).as("no duration").anyMatch(r -> r[16].isEmpty());
    assertThat(rows).as("ends early").anyMatch(r -> ymd(r[10], r[11]) < ymd(r[5], r[6]));
    assertThat(rows)
        .as("stuck clock")
        .anyMatch(r -> r[10].equals("1/5/2080") && hours(r[16]) > 500_000);
    assertThat(rows).as("thousands of miles").anyMatch(r -> Double.parseDouble(r[15]) > 5_000);
    assertThat(rows).as("trailing blank").anyMatch(r -> r[2].endsWith(" "));
    assertThat(rows).as("blank in a bike's name").allMatch(r -> r[14].contains(" "));
    assertThat(rows).as("dockless").anyMatch(r -> r[2].isEmpty()).anyMatch(r -> r[7].isEmpty());
    assertThat(rows)
        .as("the hour that the clock skips")
        .anyMatch(r -> r[5].equals("3/12/2017") && r[6].startsWith("2:"));
  }

  @Test
  void shouldSortRowsByStartWithinAMonth() throws IOException {
    for (Path file : generate("biketown", 3_000, 3, "out")) {
      List<String[]> rows = trips(List.of(file));
      rows.removeIf(r -> r[0].isEmpty());
      assertThat(rows.stream().map(r -> ymd(r[5], r[6]))).isSorted();
    }
  }

  @Test
  void shouldWriteTheFirstFormatOfAnyPipeline() throws IOException {
    List<String> lines = lines(generate("citibike", 500, 1, "out").get(0));
    assertThat(lines.get(0)).startsWith("ride_id,started_at,ended_at,member_casual,");
    assertThat(lines.get(1))
        .matches("[0-9A-F]{16},2017-01-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3},.*");
    assertThat(lines.get(lines.size() - 1)).matches(",+");
  }

  @Test
  void shouldJoinAnIdFromColumnsThatOtherFieldsShare() throws IOException {
    Path yaml =
        pipeline(
            "bikes",
            """
            id: ride
            time: at
            fields: {ride: string, at: timestamp, bike: string}
            formats:
              csv:
                type: csv
                columns:
                  ride: {from: [bike, date, time], join: "|"}
                  at: {from: [date, time], pattern: "yyyy-MM-dd HH:mm:ss"}
                  bike: bike
            """);
    List<Path> files =
        new History(PipelineLoader.load(yaml), 3_000, 1).write(dir.resolve("out"), f -> {});
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(lines(file));
    }
    lines.removeIf(l -> l.startsWith("bike") || l.matches(",+") || l.startsWith("date"));
    assertThat(lines).hasSize(3_000).doesNotHaveDuplicates();
  }

  @Test
  void shouldNestJsonLines() throws IOException {
    Path yaml =
        pipeline(
            "notes",
            """
            id: note_id
            time: at
            fields: {note_id: string, at: timestamp, text: string, tags: strings, stars: long}
            formats:
              lines:
                type: json-lines
                paths:
                  note_id: id_str
                  at: {from: created_at, pattern: "EEE MMM dd HH:mm:ss Z yyyy"}
                  text: text
                  tags: "entities.tags[].text"
                  stars: counts.stars
            """);
    Path file =
        new History(PipelineLoader.load(yaml), 300, 1).write(dir.resolve("out"), f -> {}).get(0);
    assertThat(file.getFileName()).hasToString("2017_01.jsonl.gz");
    List<String> lines = lines(file);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.at("/created_at").asText()).matches("... Jan \\d\\d [0-9:]{8} \\+0000 2017");
    assertThat(first.at("/id_str").asText()).hasSize(16);
    assertThat(first.at("/text").asText()).contains(" ");
    assertThat(lines).anyMatch(l -> l.contains("{\"tags\":[{\"text\":\"tags "));
    assertThat(lines).anyMatch(l -> l.contains("\"counts\":{\"stars\":"));
    assertThat(lines.get(lines.size() - 1)).isEqualTo("{}");
  }

  @Test
  void shouldHoldPostsInManyScriptsAndLinesThatAreNone() throws IOException {
    List<Path> files = generate("posts", 4_000, 1, "out");
    List<Path> again = generate("posts", 4_000, 1, "again");
    PipelineDefinition posts = PipelineLoader.load(Path.of("../config"), "posts");
    List<Event> events = new ArrayList<>();
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    int rejected = 0;
    for (int i = 0; i < files.size(); i++) {
      assertThat(files.get(i)).hasSameBinaryContentAs(again.get(i));
      try (FileDecoder decoder = FileDecoder.open(posts, files.get(i))) {
        while (decoder.hasNext()) {
          Decoded record = decoder.next();
          if (record instanceof Decoded.Bad bad) {
            reasons.add(bad.reason());
            rejected++;
          } else {
            events.add(((Decoded.Good) record).event());
          }
        }
      }
    }
    assertThat(rejected).isEqualTo(10);
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            RejectReason.MISSING_ID,
            RejectReason.NOT_JSON,
            RejectReason.UNREADABLE_TIME,
            RejectReason.NOT_AN_OBJECT,
            RejectReason.MALFORMED);
    assertThat(events).as("repeats").hasSize(4_016);
    assertThat(events.stream().map(Event::id).distinct()).hasSize(4_000);
    assertThat(events.stream().map(Event::time).toList())
        .as("some are late")
        .isNotEqualTo(events.stream().map(Event::time).sorted().toList());
    Rules rules = new Rules(posts);
    Field hashtag = posts.schema().find("hashtag").orElseThrow();
    Field word = posts.schema().find("word").orElseThrow();
    Set<String> tags = new HashSet<>();
    Set<String> words = new HashSet<>();
    for (Event event : events) {
      rules.apply(event);
      tags.addAll(event.texts(hashtag));
      words.addAll(event.texts(word));
    }
    assertThat(tags).contains("music", "80s", "música", "صباح_الخير", "תל_אביב", "हिन्दी", "今日の天気");
    assertThat(words)
        .contains("the", "t", "co", "straße", "οδο\u03c2", "i\u0307stanbul", "दिल्ली", "٢٠٢١");
  }

  @Test
  void shouldRefuseAFolderWithMonthsOfAnotherHistory() throws IOException {
    Path out = Files.createDirectories(dir.resolve("out"));
    Files.writeString(out.resolve("2019_01.csv.gz"), "", UTF_8);
    assertThatThrownBy(() -> generate("biketown", 100, 1, "out"))
        .isInstanceOf(TandemException.class)
        .hasMessageContainingAll("2019_01.csv.gz", "empty folder");
  }

  @Test
  void shouldRefuseAHistoryWithoutEvents() {
    assertThatThrownBy(() -> generate("biketown", 0, 1, "out"))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("--events 0");
  }

  private Path pipeline(String name, String body) throws IOException {
    Path file = dir.resolve(name + ".yaml");
    Files.writeString(
        file,
        "pipeline: "
            + name
            + "\nzone: UTC\n"
            + body
            + "aggregates:\n  all: {window: day, metrics: {n: count}}\n",
        UTF_8);
    return file;
  }

  private List<Path> generate(String pipeline, long events, long seed, String folder) {
    PipelineDefinition definition = PipelineLoader.load(Home.find().resolve("config"), pipeline);
    return new History(definition, events, seed).write(dir.resolve(folder), file -> {});
  }

  private static List<String[]> trips(List<Path> files) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (Path file : files) {
      lines(file).stream().skip(1).forEach(line -> rows.add(line.split(",", -1)));
    }
    return rows;
  }

  private static List<String> lines(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static long hours(String duration) {
    return duration.isEmpty() ? 0 : Long.parseLong(duration.substring(0, duration.indexOf(':')));
  }

  /** A number that grows with date and time. */
  private static long ymd(String date, String time) {
    String[] d = date.split("/");
    String[] t = time.split(":");
    long days = Long.parseLong(d[2]) * 400 + Long.parseLong(d[0]) * 32 + Long.parseLong(d[1]);
    return days * 1_440 + Long.parseLong(t[0]) * 60 + Long.parseLong(t[1]);
  }
}
