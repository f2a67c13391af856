package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights without the app: events and backfills go on, over ranges that overlap. */
class AppDownIT {
  @TempDir Path folder;

  @Test
  void shouldBeExactWhenTheAppCatchesUpWithSeveralBackfills() throws Exception {
    List<Path> slices = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      slices.add(SampleFiles.write(folder, i + ".csv", "2017_07", row -> row % 64 == number));
    }
    try (TestSystem system = new TestSystem(folder, "biketown")) {
      Commands commands = Commands.biketown(system.bootstrap(), "ack.timeout=240s");
      // Nobody acknowledges, so that every row of the range is published.
      Commands withoutApp = Commands.biketown(system.bootstrap(), "ack.timeout=1s");
      system.run(0, "replay", file(slices, 0));
      system.app().kill();
      // What a run has claimed comes after it, and half of the first one's rows are computed again.
      backfill(withoutApp, slices.subList(0, 2), "2017-07-01", "2017-07-21");
      system.run(0, "replay", file(slices, 2));
      backfill(withoutApp, slices.subList(0, 3), "2017-07-11", "2017-08-02");
      system.run(0, "replay", file(slices, 1));
      backfill(withoutApp, slices, "2017-07-01", "2017-08-02");
      system.run(0, "replay", file(slices, 3));
      system.startApp();
      Exact.assertRows(commands, system.bootstrap(), slices);
      String status = commands.run(0, "status");
      assertThat(status).contains("balanced");
    }
  }

  private static String file(List<Path> slices, int number) {
    return slices.get(number).toString();
  }

  private static void backfill(Commands commands, List<Path> files, String from, String to)
      throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("--from", from, "--to", to, "--max-change", "100%", "--files"));
    files.forEach(file -> arguments.add(file.toString()));
    assertThat(commands.run(0, "backfill", arguments.toArray(String[]::new)))
        .contains("no answer in time: every row in range is published");
  }
}
