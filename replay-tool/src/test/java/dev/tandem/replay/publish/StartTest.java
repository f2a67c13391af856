package dev.tandem.replay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.time.TimeRange;
import dev.tandem.replay.TinyPipeline;
import dev.tandem.replay.merge.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @TempDir Path dir;
  private TinyPipeline tiny;

  @BeforeEach
  void definePipeline() {
    tiny = new TinyPipeline(dir, "tiny");
  }

  @Test
  void shouldBeginAtTheBeginningWhenNothingIsKnown() {
    Plan plan = plan(3);
    assertThat(Start.decide(plan, false, Map.of()))
        .isInstanceOfSatisfying(
            Start.At.class,
            at -> {
              assertThat(at.position()).isZero();
              assertThat(at.notice()).isEmpty();
            });
    assertThat(Start.decide(plan, true, Map.of()))
        .isInstanceOfSatisfying(
            Start.At.class, at -> assertThat(at.notice()).get().asString().contains("no earlier"));
  }

  @Test
  void shouldGoOnBehindWhatIsPublishedWhenResumed() {
    Plan plan = plan(3);
    assertThat(Start.decide(plan, true, known(progress(plan, Progress.State.RUNNING, 2))))
        .isInstanceOfSatisfying(Start.At.class, at -> assertThat(at.position()).isEqualTo(2));
  }

  @Test
  void shouldSayThatItStartsAnewWithoutResume() {
    Plan plan = plan(3);
    assertThat(Start.decide(plan, false, known(progress(plan, Progress.State.RUNNING, 2))))
        .isInstanceOfSatisfying(
            Start.At.class,
            at -> {
              assertThat(at.position()).isZero();
              assertThat(at.notice()).get().asString().contains("stopped behind 2 rows", "anew");
            });
  }

  @Test
  void shouldHaveNothingToDoWhenAFinishedReplayIsResumed() {
    Plan plan = plan(3);
    Progress finished = progress(plan, Progress.State.FINISHED, 3);
    assertThat(Start.decide(plan, true, known(finished))).isEqualTo(new Start.Done(finished));
  }

  @Test
  void shouldRefuseToResumeAFileOfAnotherSize() {
    Progress before = progress(plan(3), Progress.State.RUNNING, 2);
    Plan now = plan(4);
    assertThatThrownBy(() -> Start.decide(now, true, known(before)))
        .isInstanceOfSatisfying(TandemException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContainingAll("trips.csv had 18 bytes", "has 22 now", "without --resume");
  }

  @Test
  void shouldRefuseToResumeWhenFilesAreReadOtherwiseByNow() {
    Plan plan = plan(3);
    Plan other =
        new Plan(plan.id(), plan.pipeline(), plan.sources(), plan.range(), "0000000000000000");
    assertThatThrownBy(
            () -> Start.decide(other, true, known(progress(plan, Progress.State.RUNNING, 2))))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("formats have changed");
  }

  @Test
  void shouldTellReplaysApartByPipelineFilesAndRange() {
    Plan plan = plan(3);
    assertThat(plan(3).id()).isEqualTo(plan.id()).matches("[0-9a-f]{16}");
    assertThat(plan(4).id()).isNotEqualTo(plan.id());
    assertThat(Plan.of(plan.pipeline(), plan.sources(), new TimeRange(0, 5)).id())
        .isNotEqualTo(plan.id());
    assertThat(
            Plan.of(new TinyPipeline(dir, "other").definition(), plan.sources(), TimeRange.ALL)
                .id())
        .isNotEqualTo(plan.id());
    assertThat(Plan.of(plan.pipeline(), Source.standardInput(), TimeRange.ALL).id())
        .isNotEqualTo(Plan.of(plan.pipeline(), Source.standardInput(), TimeRange.ALL).id());
  }

  @Test
  void shouldKeepProgressAsJson() {
    Progress progress = progress(plan(3), Progress.State.RUNNING, 2);
    assertThat(Progress.fromBytes(progress.toBytes())).isEqualTo(progress);
    assertThat(new String(progress.toBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith(
            "{\"replay\":\"" + progress.replay() + "\",\"state\":\"running\",\"files\":[{\"file\":")
        .contains("\"from\":null,\"to\":null", "\"position\":2");
  }

  private Plan plan(int rows) {
    List<String> lines = IntStream.range(0, rows).mapToObj(i -> "a," + i).toList();
    Path file = tiny.csv("trips.csv", lines);
    return Plan.of(tiny.definition(), Source.files(List.of(file)), TimeRange.ALL);
  }

  private static Progress progress(Plan plan, Progress.State state, long position) {
    Progress p = new Tallies(plan).progress(state);
    return new Progress(
        p.replay(),
        state,
        p.files(),
        p.from(),
        p.to(),
        p.order(),
        position,
        position,
        position,
        0,
        0,
        0,
        p.lastEventTime(),
        p.startedAt(),
        p.updatedAt(),
        p.cursor());
  }

  private static Map<String, Progress> known(Progress progress) {
    return Map.of(progress.replay(), progress);
  }
}
