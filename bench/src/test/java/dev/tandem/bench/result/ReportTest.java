package dev.tandem.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Machine MACHINE =
      new Machine("A Processor", 2, 16_000, "17", "Linux 6", "abc1234");

  private static Run run(String workload, String engine, String work, Map<String, Double> figures) {
    return run(MACHINE, workload, engine, work, figures);
  }

  private static Run run(
      Machine machine, String workload, String engine, String work, Map<String, Double> figures) {
    return new Run(
        workload,
        engine,
        work,
        Instant.parse("2026-11-26T20:00:00Z"),
        "./tandem bench " + workload,
        machine,
        figures);
  }

  @Test
  void shouldGiveMedianSpreadAndTheRatioToTheFirstEngine() {
    String page =
        Report.of(
            List.of(
                run("stream", "tandem", "9 events", Map.of("events_per_s", 18_000.0, "cpu_s", 9.0)),
                run("stream", "peer", "9 events", Map.of("events_per_s", 6_000.0, "cpu_s", 18.0)),
                run("stream", "tandem", "9 events", Map.of("events_per_s", 22_000.0, "cpu_s", 9.0)),
                run("stream", "tandem", "9 events", Map.of("events_per_s", 20_000.0, "cpu_s", 9.0)),
                run("stream", "peer", "9 events", Map.of("events_per_s", 4_000.0, "cpu_s", 22.0))));

    assertThat(page)
        .contains("2 cores of A Processor, 16,000 MB, Java 17, Linux 6")
        .contains("    ./tandem bench stream\n")
        .contains("2026-11-26; of commit abc1234.")
        .contains("| 9 events | runs | events_per_s | cpu_s |")
        .contains("| tandem | 3 | 20,000 (20%) × 1.00 | 9.00 (0%) |")
        .contains("| peer | 2 | 5,000 (40%) × 0.25 | 20.0 (20%) |")
        .contains("  x-axis [\"tandem\", \"peer\"]\n  bar [20000.00, 5000.00]");
  }

  @Test
  void shouldChartTheFirstEngineByWorkWhereOneIsMeasuredOnSeveral() {
    String page =
        Report.of(
            List.of(
                run("growth", "tandem", "1 event", Map.of("event_us", 50.0)),
                run("growth", "tandem", "2 events", Map.of("event_us", 55.0))));

    assertThat(page).contains("  x-axis [\"1 event\", \"2 events\"]\n  bar [50.00, 55.00]");
  }

  @Test
  void shouldChartEnginesAlsoWhereOneOfThemIsMeasuredOnMore() {
    String page =
        Report.of(
            List.of(
                run("stream", "tandem", "9 events", Map.of("events_per_s", 20_000.0)),
                run("stream", "peer", "9 events", Map.of("events_per_s", 5_000.0)),
                run("stream", "tandem", "99 events", Map.of("events_per_s", 30_000.0))));

    assertThat(page)
        .contains(
            "  title \"events_per_s, 9 events\"\n"
                + "  x-axis [\"tandem\", \"peer\"]\n"
                + "  bar [20000.00, 5000.00]")
        .contains("  x-axis [\"9 events\", \"99 events\"]\n  bar [20000.00, 30000.00]")
        .doesNotContain("title \"events_per_s, 99 events\"");
  }

  @Test
  void shouldNotMixProcessors() {
    Machine other = new Machine("Another", 2, 16_000, "17", "Linux 6", "abc1234");
    Map<String, Double> fast = Map.of("events_per_s", 30_000.0);

    String page =
        Report.of(
            List.of(
                run("stream", "tandem", "9 events", Map.of("events_per_s", 10_000.0)),
                run(other, "stream", "tandem", "9 events", fast),
                run(other, "stream", "peer", "9 events", fast)));

    assertThat(page)
        .containsSubsequence(
            "## stream, A Processor",
            "| tandem | 1 | 10,000 |",
            "## stream, Another",
            "| tandem | 1 | 30,000 × 1.00 |",
            "| peer | 1 | 30,000 × 1.00 |")
        .doesNotContain("by what was worked on");
  }

  @Test
  void shouldLeavePhasesAndMissingFiguresOut() {
    String page =
        Report.of(
            List.of(
                run("backfill", "tandem", "f", Map.of("work_s", 40.0, "phase_read_s", 1.0)),
                run("backfill", "java", "f", Map.of("work_s", 4.0, "cpu_s", 5.0))));

    assertThat(page).doesNotContain("phase_read_s").contains("| tandem | 1 | 40.0 × 1.00 |  |");
  }

  @Test
  void shouldRefuseNoRuns() {
    assertThatIllegalArgumentException().isThrownBy(() -> Report.of(List.of()));
  }
}
