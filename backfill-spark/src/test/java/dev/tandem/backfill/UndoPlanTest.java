package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.backfill.UndoPlan.Part;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunInput;
import dev.tandem.core.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndoPlanTest {
  private static Run started(long epoch, TimeRange range) {
    return Run.started(epoch, range, ZoneOffset.UTC, "both", Map.of(), List.of("f" + epoch));
  }

  private static Run run(long epoch, long from, long to) {
    return started(epoch, new TimeRange(from, to)).committed(NullNode.getInstance());
  }

  private static Part part(long from, long to, Run before) {
    return new Part(new TimeRange(from, to), Optional.ofNullable(before));
  }

  private static List<Part> parts(long undo, Run... runs) {
    return UndoPlan.of("p", undo, List.of(runs)).parts();
  }

  @Test
  void shouldTakeTheNewestRunBefore() {
    Run newest = run(3, 0, 100);
    assertThat(parts(4, run(1, 0, 100), run(2, 0, 100), newest, run(4, 0, 100)))
        .containsExactly(part(0, 100, newest));
  }

  @Test
  void shouldTakeTheLogAloneWhereThereWasNoRun() {
    assertThat(parts(1, run(1, 0, 100))).containsExactly(part(0, 100, null));
  }

  @Test
  void shouldPassOverRunsThatNeverCommitted() {
    Run first = run(1, 0, 100);
    TimeRange range = new TimeRange(0, 100);
    assertThat(parts(3, first, started(2, range), run(3, 0, 100), started(4, range)))
        .containsExactly(part(0, 100, first));
  }

  @Test
  void shouldSplitWhereEarlierRunsOverlap() {
    Run year = run(1, 0, 1000);
    Run may = run(2, 300, 400);
    Run half = run(3, 350, 500);
    assertThat(parts(4, year, may, half, run(4, 200, 1100)))
        .containsExactly(
            part(200, 300, year),
            part(300, 350, may),
            part(350, 500, half),
            part(500, 1000, year),
            part(1000, 1100, null));
  }

  @Test
  void shouldLeaveAloneWhatALaterRunRecomputed() {
    Run before = run(1, 0, 100);
    assertThat(parts(2, before, run(2, 0, 100), run(3, 40, 60), run(4, 90, 200)))
        .containsExactly(part(0, 40, before), part(60, 90, before));
  }

  @Test
  void shouldUndoOpenRanges() {
    Run before = run(1, 0, 100);
    Run all = started(2, TimeRange.ALL).committed(NullNode.getInstance());
    assertThat(parts(2, before, all))
        .containsExactly(
            part(Long.MIN_VALUE, 0, null), part(0, 100, before), part(100, Long.MAX_VALUE, null));
  }

  @Test
  void shouldUndoAnUndoWithTheInputsOfTheUndoneRun() {
    Run wrong = run(2, 0, 100);
    Run undo = run(3, 0, 100).undoing(2, Map.of());
    assertThat(parts(3, run(1, 0, 100), wrong, undo)).containsExactly(part(0, 100, wrong));
  }

  @Test
  void shouldRefuseWhatLaterRunsRecomputedAndNameThem() {
    assertThatThrownBy(() -> parts(1, run(1, 0, 100), run(7, 0, 200)))
        .isInstanceOf(TandemException.class)
        .hasMessage("Cannot undo run 1: run 7 recomputed this range later: undo 7");
    assertThatThrownBy(() -> parts(1, run(1, 0, 100), run(7, 0, 60), run(9, 50, 100)))
        .hasMessage(
            "Cannot undo run 1: runs 9, 7 recomputed this range later: undo those, the newest"
                + " first");
  }

  @Test
  void shouldRefuseToUndoTwice() {
    assertThatThrownBy(() -> parts(1, run(1, 0, 100), run(2, 0, 100).undoing(1, Map.of())))
        .hasMessage("Cannot undo run 1: it is undone already, by run 2");
  }

  @Test
  void shouldRefuseARunThatIsNotThereOrDidNotCommit() {
    assertThatThrownBy(() -> parts(5, run(1, 0, 100))).hasMessageContaining("none of that number");
    assertThatThrownBy(() -> parts(1, started(1, TimeRange.ALL)))
        .hasMessageContaining("did not commit");
  }

  @Test
  void shouldKeepWhatAnUndoNeedsInTheRunsRecord() {
    Run run =
        run(2, 0, 100)
            .undoing(1, Map.of(0, 17L))
            .withInputs(List.of(new RunInput("/a.csv", 5, "00ff")))
            .withCut(Map.of(0, 20L));
    Run read = Run.fromBytes(run.toBytes());
    assertThat(read).isEqualTo(run);
    assertThat(read.undoes()).isEqualTo(1);
    assertThat(read.logFromOrCut()).isEqualTo(Map.of(0, 17L));
    assertThat(run(1, 0, 1).withCut(Map.of(0, 20L)).logFromOrCut()).isEqualTo(Map.of(0, 20L));
  }

  @Test
  void shouldReadRecordsOfOlderBuilds() {
    String old =
        "{\"run\":\"1\",\"epoch\":1,\"state\":\"committed\",\"from\":null,\"to\":null,"
            + "\"source\":\"log\",\"definitions\":{},\"files\":[],\"started_at\":\"\","
            + "\"ended_at\":null,\"cut\":{},\"report\":null,\"error\":null}";
    Run run = Run.fromBytes(old.getBytes(StandardCharsets.UTF_8));
    assertThat(run.inputs()).isEmpty();
    assertThat(run.undoes()).isNull();
  }
}
