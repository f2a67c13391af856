package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.reconcile.Ledger;
import dev.tandem.streams.topology.TaskBoard;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A record that never came in is in no sum of the ledger: only the log knows of it. */
class LedgerWatchTest {
  /** Offsets that hold a record; the others are transaction markers. */
  private final TreeSet<Long> log = new TreeSet<>();

  private long beginning;

  private final LedgerWatch watch =
      new LedgerWatch(
          (partition, from, to) ->
              from >= beginning
                  ? OptionalLong.of(log.subSet(from, to).size())
                  : OptionalLong.empty());

  private void records(long from, long to) {
    LongStream.range(from, to).forEach(log::add);
  }

  /** The ledger of what was read always balances. */
  private static TaskBoard.Log log(long position, long read) {
    return new TaskBoard.Log(new Ledger(read, read, 0, 0, 0, 0), 0, position, read);
  }

  private void look(long position, long read) {
    watch.look(Map.of(), Map.of(0, log(position, read)));
  }

  @Test
  void shouldBeContentWhenAllIsRead() {
    records(0, 10);
    look(4, 4);
    records(11, 20);
    look(20, 19);
    look(20, 19);
    assertThat(watch.problem()).isEmpty();
  }

  @Test
  void shouldMissARecordThatWasSkipped() {
    records(0, 20);
    look(4, 4);
    look(20, 19);
    assertThat(watch.problem())
        .hasValue("partition 0: the log has 16 records in offsets 4 to 19, of which 15 were read");
    look(20, 19);
    assertThat(watch.problem()).as("until somebody has looked at it").isPresent();
  }

  /** Retention may delete what was read before it is counted. */
  @Test
  void shouldNotJudgeWhatTheLogHasNoMore() {
    records(8, 20);
    beginning = 8;
    look(4, 4);
    look(20, 20);
    assertThat(watch.problem()).isEmpty();
  }

  /** Before anybody looked for the first time. */
  @Test
  void shouldMissARecordThatWasSkippedWhenTheTaskWasTakenUp() {
    records(0, 20);
    watch.look(Map.of(0, log(4, 4)), Map.of(0, log(20, 19)));
    assertThat(watch.problem()).isPresent();
  }

  /** A task that lost its last transaction begins before where it was seen. */
  @Test
  void shouldBeginAnewWhenATaskDoes() {
    records(0, 20);
    look(10, 10);
    look(5, 5);
    look(20, 20);
    watch.look(Map.of(), Map.of());
    look(3, 3);
    look(20, 20);
    assertThat(watch.problem()).isEmpty();
  }
}
