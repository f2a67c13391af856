package dev.tandem.replay.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.replay.Console;
import dev.tandem.replay.TinyPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FetchCommandTest {
  private static final byte[] JULY = bytes(300_000, 7);
  private static final byte[] AUGUST = bytes(1_000, 8);

  @TempDir Path dir;
  private Publisher publisher;
  private TinyPipeline tiny;
  private Path out;

  @BeforeEach
  void publish() throws IOException {
    publisher = new Publisher();
    publisher.publish("2016_07.csv", JULY);
    publisher.publish("2016_08.csv", AUGUST);
    tiny = new TinyPipeline(dir, "tiny");
    tiny.redefine("zone:", "origin: {history: \"" + publisher.template() + "\"}\nzone:");
    out = dir.resolve("out");
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Console fetch(String months) {
    return Console.run(
        "fetch",
        "tiny",
        "--config",
        tiny.config(),
        "--months",
        months,
        "--out",
        out,
        "--set",
        "source.idle.timeout=1s",
        "--set",
        "source.retry.max=10ms");
  }

  private void assertThatOutHolds(String... names) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void shouldFetchEachMonthAndCompareItWithWhatTheServerSays() throws IOException {
    Console console = fetch("2016-07..2016-08");
    assertThat(console.status()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("2016_07.csv: 300,000 bytes; MD5 as the server says")
        .contains("done: 2 fetched, 0 here already, 0 not published; 301,000 bytes in " + out);
    assertThat(out.resolve("2016_07.csv")).hasBinaryContent(JULY);
    assertThat(out.resolve("2016_08.csv")).hasBinaryContent(AUGUST);
    assertThatOutHolds("2016_07.csv", "2016_08.csv");
  }

  @Test
  void shouldGoOnWhereTheConnectionBrokeOffOrStalled() throws IOException {
    publisher.fail(
        Publisher.Mishap.BREAKS_OFF, Publisher.Mishap.STALLS, Publisher.Mishap.UNAVAILABLE);
    Console console = fetch("2016-07");
    assertThat(console.status()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("nothing came for 1.0 s; again in")
        .contains("status 503; again in 0.0 s");
    assertThat(publisher.requests())
        .containsExactly(
            "GET /2016_07.csv",
            "GET /2016_07.csv bytes=150000-",
            "GET /2016_07.csv bytes=225000-",
            "GET /2016_07.csv bytes=225000-");
    assertThat(out.resolve("2016_07.csv")).hasBinaryContent(JULY);
    assertThatOutHolds("2016_07.csv");
  }

  @Test
  void shouldGoOnWithWhatAnEarlierRunLeft() throws IOException {
    publisher.fail(brokenForGood());
    Console broken = fetch("2016-07");
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err())
        .contains("/2016_07.csv (2016-07): the server answers with status 503, 6 times in a row")
        .contains("goes on where it stopped");
    assertThatOutHolds("2016_07.csv.part", "2016_07.csv.part.of");

    Console console = fetch("2016-07");
    assertThat(console.out()).contains("300,000 bytes (150,000 were here)");
    assertThat(out.resolve("2016_07.csv")).hasBinaryContent(JULY);
    assertThatOutHolds("2016_07.csv");
  }

  private static Publisher.Mishap[] brokenForGood() {
    return Stream.concat(
            Stream.of(Publisher.Mishap.BREAKS_OFF),
            Stream.generate(() -> Publisher.Mishap.UNAVAILABLE).limit(6))
        .toArray(Publisher.Mishap[]::new);
  }

  /** Half of one version and half of another would be neither. */
  @Test
  void shouldBeginAnewWhenTheFileIsAnotherByNow() throws IOException {
    publisher.fail(brokenForGood());
    assertThat(fetch("2016-07").status()).isEqualTo(1);
    byte[] corrected = bytes(280_000, 9);
    publisher.publish("2016_07.csv", corrected);
    assertThat(fetch("2016-07").status()).isZero();
    assertThat(out.resolve("2016_07.csv")).hasBinaryContent(corrected);
  }

  @Test
  void shouldFetchAgainWhatCameDamaged() throws IOException {
    publisher.fail(Publisher.Mishap.WRONG_CHECKSUM);
    Console console = fetch("2016-07");
    assertThat(console.status()).isZero();
    assertThat(console.out()).contains("2016_07.csv is damaged: its MD5 is");
    assertThat(out.resolve("2016_07.csv")).hasBinaryContent(JULY);
  }

  @Test
  void shouldKeepNothingThatStaysDamaged() throws IOException {
    publisher.fail(Publisher.Mishap.WRONG_CHECKSUM, Publisher.Mishap.WRONG_CHECKSUM);
    Console console = fetch("2016-07");
    assertThat(console.status()).isEqualTo(1);
    assertThat(console.err()).contains("(2016-07) is damaged: its MD5 is", "the server says");
    assertThatOutHolds();
  }

  @Test
  void shouldFetchTheOthersAndNameTheMonthThatIsNotPublished() throws IOException {
    Console console = fetch("2016-06..2016-08");
    assertThat(console.status()).isEqualTo(1);
    assertThat(console.err())
        .contains("Not published: 2016-06: http://", "/2016_06.csv answers with status 404")
        .hasLineCount(1);
    assertThatOutHolds("2016_07.csv", "2016_08.csv");
  }

  @Test
  void shouldSkipWhatIsHereAndWhole() {
    assertThat(fetch("2016-07..2016-08").status()).isZero();
    publisher.requests().clear();
    Console console = fetch("2016-07..2016-08");
    assertThat(console.out()).contains("0 fetched, 2 here already");
    assertThat(publisher.requests()).containsExactly("HEAD /2016_07.csv", "HEAD /2016_08.csv");
  }

  @Test
  void shouldFetchAgainWhatIsNotThePublishers() throws IOException {
    Files.createDirectories(out);
    Files.write(out.resolve("2016_07.csv"), bytes(JULY.length, 1));
    Files.write(out.resolve("2016_08.csv"), "cut".getBytes(UTF_8));
    assertThat(fetch("2016-07..2016-08").out())
        .contains("2016_07.csv is another one by now", "2 fetched");
    assertThat(out.resolve("2016_07.csv")).hasBinaryContent(JULY);
    assertThat(out.resolve("2016_08.csv")).hasBinaryContent(AUGUST);
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    assertThat(fetch("2016-13").err()).contains("--months 2016-13: give the first and the last");
    assertThat(fetch("2016-08..2016-07").status()).isEqualTo(2);
    tiny.redefine("origin:", "lateness: 1h #");
    Console console = fetch("2016-07");
    assertThat(console.status()).isEqualTo(2);
    assertThat(console.err()).contains("does not say where its history is published");
  }
}
