package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights without the app: events and backfills go on, over ranges that overlap; then the app
 * decides against what was learned meanwhile.
 */
class AppDownIT {
  private static final String STATION = "SW Salmon at Waterfront Park";

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
      decideAgainstWhatWasLearnedMeanwhile(system);
      assertThat(commands.run(0, "status", "--url", system.address()))
          .contains(" against baseline 3")
          .doesNotContain("next");
    }
  }

  /** The last run has learned what is normal; the app takes it over for the hours that come. */
  private void decideAgainstWhatWasLearnedMeanwhile(TestSystem system) throws Exception {
    system.run(0, "replay", rush().toString());
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(system.get("/api/v1/biketown/alerts?decision=rebalance"))
                    .contains("\"state\":\"raised\",\"subject\":\"" + STATION + "\"")
                    .contains("\"baseline\":\"3\""));
    assertThat(system.get("/api/v1/biketown")).contains("\"baseline\":\"3\"");
  }

  /** Everyone leaves one station within an hour, and life goes on elsewhere ten hours later. */
  private Path rush() throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "RouteID,PaymentPlan,StartHub,StartLatitude,StartLongitude,StartDate,StartTime,EndHub,EndLatitude,EndLongitude,EndDate,EndTime,TripType,BikeID,BikeName,Distance_Miles,Duration,RentalAccessPath,MultipleRental\n");
    for (int i = 0; i < 100; i++) {
      boolean rush = i < 40;
      rows.append(
          "rush-%d,Casual,%s,45.52,-122.67,8/2/2017,%s,Elsewhere,45.53,-122.65,8/2/2017,%s,,1,one,1.0,0:20:00,keypad,FALSE%n"
              .formatted(
                  i,
                  rush ? STATION : "Elsewhere",
                  rush ? "10:05" : "20:05",
                  rush ? "10:25" : "20:25"));
    }
    return Files.writeString(folder.resolve("rush.csv"), rows);
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
