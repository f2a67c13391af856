package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.kafka.Run;
import dev.tandem.localkafka.LocalKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Undoing runs over a real broker. What is right is what a second pipeline serves, in which the run
 * never was; rows are compared state by state, byte by byte.
 */
class UndoIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Object[] ANY = {"--max-change", "100%"};

  @TempDir private static Path folder;
  private static LocalKafka kafka;

  /** The truth; what the log has of it; a wrong history; trips that come while it is served. */
  private static Path july;

  private static Path inLog;
  private static Path wrong;
  private static Path invented;
  private static Path late;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(LocalKafka.Config.in(folder.resolve("kafka")));
    List<String> trips = Trips.lines("jul", LocalDateTime.parse("2017-07-01T00:00"), 31, 400, 1);
    july = Trips.write(folder.resolve("july.csv"), trips);
    inLog =
        Trips.write(
            folder.resolve("in-log.csv"),
            Trips.change(
                trips.subList(0, 300), 20, line -> line.replaceFirst("\"[^,]*\"", "Elsewhere")));
    List<String> never = Trips.lines("inv", LocalDateTime.parse("2017-07-01T00:00"), 31, 60, 3);
    invented = Trips.write(folder.resolve("invented.csv"), never);
    List<String> mistaken =
        Trips.change(trips, 3, line -> line.replaceFirst("\"[^,]*\"", "Nowhere"));
    mistaken = mistaken.subList(0, 250);
    mistaken.addAll(never);
    wrong = Trips.write(folder.resolve("wrong.csv"), mistaken);
    late =
        Trips.write(
            folder.resolve("late.csv"),
            Trips.lines("late", LocalDateTime.parse("2017-07-10T00:00"), 30, 80, 4));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static TestSystem system(String name) throws Exception {
    return new TestSystem(name, kafka.bootstrap(), folder);
  }

  private static void awaitStates(TestSystem system, Map<String, String> expected) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(system.states()).isEqualTo(expected));
  }

  /** What is served when everything sent has come through. */
  private static Map<String, String> settled(TestSystem system, Object... verify) {
    system.run("verify", verify).expect(0);
    return system.states();
  }

  private static Object[] with(Object[] arguments, Object... more) {
    Object[] all = Arrays.copyOf(more, more.length + arguments.length);
    System.arraycopy(arguments, 0, all, more.length, arguments.length);
    return all;
  }

  @Test
  void shouldServeWhatWasRightBeforeAndCountWhatCameSince() throws Exception {
    for (String source : List.of("both", "files")) {
      try (TestSystem system = system("undo-" + source);
          TestSystem without = system("without-" + source)) {
        Object[] right = {"--files", july, "--source", source};
        for (TestSystem each : List.of(system, without)) {
          each.send(each.events(inLog));
          each.run("backfill", with(right, ANY)).expect(0);
        }
        Object[] mistake = {"--files", wrong, "--source", "files"};
        system.run("backfill", with(mistake, ANY)).expect(0);
        for (TestSystem each : List.of(system, without)) {
          // New trips, trips that the right files have, trips that the wrong run has claimed.
          each.send(each.events(late));
          each.send(each.events(july));
          each.send(each.events(invented));
        }
        Map<String, String> served = settled(system, mistake);
        Map<String, String> expected = settled(without, right);
        assertThat(served).isNotEqualTo(expected);

        Path report = folder.resolve("undo.json");
        assertThat(system.run("backfill", "--undo", "2", "--dry-run").expect(0).out())
            .contains("Undoing run 2 in 1 part")
            .contains("from what run 1 was made of: source " + source + ", 1 file")
            .doesNotContain("it would be refused");
        assertThat(system.states()).isEqualTo(served);
        assertThat(system.run("backfill", "--undo", "2", "--report", report).expect(0).out())
            .contains("it undoes run 2");
        awaitStates(system, expected);
        JsonNode json = JSON.readTree(report.toFile());
        assertThat(json.get("undoes").asLong()).isEqualTo(2);
        assertThat(json.get("source").asText()).isEqualTo(source);
        Run undo = system.lastRun();
        assertThat(undo.epoch()).isEqualTo(3);
        assertThat(undo.undoes()).isEqualTo(2);
        assertThat(undo.inputs()).hasSize(1);
        assertThat(undo.inputs().get(0).bytes()).isEqualTo(Files.size(july));
        settled(system, right);
        assertThat(system.run("backfill", "--undo", "2").expect(1).err())
            .contains("Cannot undo run 2: it is undone already, by run 3");

        system.run("backfill", "--undo", "3").expect(0);
        awaitStates(system, served);
        settled(system, mistake);
        system.run("backfill", "--undo", "4").expect(0);
        awaitStates(system, expected);
      }
    }
  }

  @Test
  void shouldServeTheLogAloneWhenTheFirstRunOfAllIsUndone() throws Exception {
    try (TestSystem system = system("undo-first");
        TestSystem without = system("without-first")) {
      system.send(system.events(inLog));
      without.send(without.events(inLog));
      system.run("backfill", with(new Object[] {"--files", wrong}, ANY)).expect(0);
      assertThat(system.run("backfill", "--undo", "1").expect(0).out())
          .contains("from the log alone");
      awaitStates(system, settled(without, "--source", "log"));
      // What the undone run had claimed and comes at last counts, once.
      for (TestSystem each : List.of(system, without)) {
        each.send(each.events(invented));
        each.send(each.events(july));
        each.send(each.events(invented));
      }
      Map<String, String> all = settled(without, "--source", "log");
      assertThat(settled(system, "--source", "log")).isEqualTo(all);
    }
  }

  @Test
  void shouldUndoInPartsWhatSeveralRunsHadSaid() throws Exception {
    Object[] firstHalf = {"--files", july, "--from", "2017-07-01", "--to", "2017-07-15"};
    Object[] lastWeek = {"--files", july, "--from", "2017-07-25", "--to", "2017-08-01"};
    try (TestSystem system = system("undo-parts");
        TestSystem without = system("without-parts")) {
      for (TestSystem each : List.of(system, without)) {
        each.send(each.events(inLog));
        each.run("backfill", with(firstHalf, ANY)).expect(0);
        if (each == system) {
          Object[] mistake = {"--files", wrong, "--from", "2017-07-01", "--to", "2017-08-01"};
          each.run("backfill", with(mistake, ANY)).expect(0);
        }
        each.run("backfill", with(lastWeek, ANY)).expect(0);
      }
      Path report = folder.resolve("parts.json");
      assertThat(system.run("backfill", "--undo", "2", "--report", report).expect(0).out())
          .contains("Undoing run 2 in 2 parts")
          .contains(
              "2017-07-01T00:00:00-07:00 to 2017-07-15T00:00:00-07:00: from what run 1 was made of:"
                  + " source both, 1 file")
          .contains("2017-07-15T00:00:00-07:00 to 2017-07-25T00:00:00-07:00: from the log alone")
          .contains("run 4: ")
          .contains("run 5: ");
      assertThat(JSON.readTree(report.toFile())).hasSize(2);
      awaitStates(system, settled(without, firstHalf));
      assertThat(system.run("backfill", "--undo", "2").expect(1).err())
          .contains("runs 5, 4, 3 recomputed this range later");
    }
  }

  @Test
  void shouldRefuseWhenAFileIsNotWhatItWas() throws Exception {
    try (TestSystem system = system("undo-changed")) {
      system.send(system.events(inLog));
      Path file = Files.copy(july, folder.resolve("moving.csv"));
      system.run("backfill", with(new Object[] {"--files", file}, ANY)).expect(0);
      system.run("backfill", with(new Object[] {"--files", wrong}, ANY)).expect(0);
      byte[] before = Files.readAllBytes(file);
      byte[] altered = before.clone();
      altered[before.length / 2] ^= 1;
      Files.write(file, altered);
      assertThat(system.run("backfill", "--undo", "2").expect(1).err())
          .contains("Cannot undo run 2: run 1 read " + file + ", whose content has changed since")
          .contains("put the file back as it was")
          .hasLineCount(1);
      Files.delete(file);
      assertThat(system.run("backfill", "--undo", "2").expect(1).err())
          .contains(file + ", which cannot be read any more")
          .hasLineCount(1);
      assertThat(system.lastRun().epoch()).as("nothing was begun").isEqualTo(2);
      assertThat(system.run("backfill", "--undo", "9").expect(2).err())
          .contains("Cannot undo run 9")
          .hasLineCount(1);
      assertThat(system.run("backfill", "--undo", "2", "--files", july).expect(2).err())
          .contains("leave out --files");
      Files.write(file, before);
      system.run("backfill", "--undo", "2").expect(0);
    }
  }
}
