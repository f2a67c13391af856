package dev.tandem.localkafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./tandem} says by itself, before it builds or starts anything. */
class LauncherTest {

  @TempDir Path dir;

  private record Outcome(int status, String output) {}

  @Test
  void shouldExplainItselfWhenCalledAlone() throws Exception {
    Outcome outcome = tandem("java");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .contains("demo", "kafka", "topics", "up", "query", "status", "test")
        .contains(
            "replay",
            "ingest",
            "fetch",
            "rejected",
            "backfill",
            "verify",
            "backtest",
            "archive",
            "sql",
            "generate",
            "init",
            "chaos",
            "bench");
  }

  @Test
  void shouldNameTheNearestCommandWhenOneIsUnknown() throws Exception {
    assertThat(tandem("java", "backfil"))
        .isEqualTo(
            new Outcome(
                2,
                "tandem: no such command 'backfil' (did you mean backfill?): ./tandem --help lists"
                    + " them all\n"));
    assertThat(tandem("java", "frobnicate").output()).doesNotContain("did you mean");
  }

  @Test
  void shouldRefuseAnOldJava() throws Exception {
    Path old =
        Files.writeString(
            dir.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    Outcome outcome = tandem(old.toString(), "kafka");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).contains(old + " is Java 11: Tandem needs 17 or newer");
  }

  @Test
  void shouldRefuseAJavaThatIsNotThere() throws Exception {
    Outcome outcome = tandem(dir.resolve("none").toString(), "kafka");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).contains("TANDEM_JAVA=" + dir.resolve("none")).hasLineCount(1);
  }

  private Outcome tandem(String java, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Home.find().resolve("tandem").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().put("TANDEM_JAVA", java);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
