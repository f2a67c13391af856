package dev.tandem.localkafka.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.fault.FailPoint;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own, of which one that is armed dies at its point and no other does. */
class FailPointsTest {
  @TempDir private Path folder;

  private record Outcome(int status, String output) {}

  @Test
  void shouldEndTheProcessAtOnceWhenThePointIsReachedOftenEnough() throws Exception {
    FailPoints points = FailPoints.in(folder);
    assertThat(run(points.at(FailPoint.BACKFILL_CLAIM, 2, 0)))
        .isEqualTo(new Outcome(137, "passed 1\nkilled at backfill-claim\n"));
  }

  @Test
  void shouldLetTheProcessEndByItselfWhenThePointIsNotReached() throws Exception {
    String all = "passed 1\npassed 2\npassed 3\nended\n";
    FailPoints points = FailPoints.in(folder);
    assertThat(run(points.at(FailPoint.BACKFILL_CLAIM, 4, 0))).isEqualTo(new Outcome(0, all));
    assertThat(run(points.at(FailPoint.APP_BARRIER, 1, 0))).isEqualTo(new Outcome(0, all));
    assertThat(run(Map.of())).isEqualTo(new Outcome(0, all));
  }

  @Test
  void shouldEndTheOtherProcessWhenOneIsNamed() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      assertThat(run(FailPoints.in(folder).killing(other.pid(), FailPoint.BACKFILL_CLAIM, 2)))
          .isEqualTo(
              new Outcome(
                  0,
                  "passed 1\nkilled %d at backfill-claim\npassed 2\npassed 3\nended\n"
                      .formatted(other.pid())));
      assertThat(other.waitFor()).isEqualTo(137);
    } finally {
      other.destroyForcibly();
    }
  }

  private static Outcome run(Map<String, String> environment) throws Exception {
    String path = System.getProperty("java.class.path");
    String points = environment.get("TANDEM_CLASSPATH");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            points == null ? path : path + File.pathSeparator + points,
            Reaching.class.getName());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
