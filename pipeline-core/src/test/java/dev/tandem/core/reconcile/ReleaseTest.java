package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that waited behind a barrier go on some at a time: it must not matter how many. */
class ReleaseTest {
  private static final PipelineDefinition BIKETOWN =
      PipelineLoader.load(Path.of(System.getProperty("tandem.home"), "config"), "biketown");
  private static final int EPOCHS = 4;
  private static final int HISTORIES = 300;

  /** One partition with its stores, which a crash leaves. */
  private static final class Partition {
    final Map<String, byte[]> ids = new HashMap<>();
    final ArrayDeque<LogRecord> parked = new ArrayDeque<>();
    final Map<String, RowState> contributions = new HashMap<>();
    final List<Partial.Progress> progress = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    private final int step;
    FirstHalf half;

    Partition(int step) {
      this.step = step;
      this.half = make(null);
    }

    private FirstHalf make(byte @Nullable [] state) {
      FirstHalf.Ids store =
          new FirstHalf.Ids() {
            @Override
            public byte @Nullable [] get(byte[] id) {
              return ids.get(text(id));
            }

            @Override
            public void put(byte[] id, byte[] entry) {
              ids.put(text(id), entry);
            }
          };
      FirstHalf.Parking parking =
          new FirstHalf.Parking() {
            @Override
            public void add(LogRecord record) {
              parked.add(record);
            }

            @Override
            public LogRecord removeFirst() {
              return parked.removeFirst();
            }
          };
      FirstHalf.Output output =
          new FirstHalf.Output() {
            @Override
            public void contribution(RowKey key, Partial.Contribution c) {
              contributions.merge(
                  key + " " + c.generation() + " " + c.tag(),
                  c.state().copy(),
                  (a, b) -> {
                    a.merge(b);
                    return a;
                  });
            }

            @Override
            public void progress(Partial.Progress p) {
              progress.add(p);
            }

            @Override
            public void reject(LogRecord record, RejectReason reason, String error) {
              rejected.add(record.offset() + " " + reason);
            }
          };
      return new FirstHalf(
          BIKETOWN,
          0,
          new LogEvents(BIKETOWN, key -> 0),
          e -> e <= EPOCHS ? Optional.of(new Scope(TimeRange.ALL, Set.of())) : Optional.empty(),
          store,
          parking,
          output,
          state,
          step);
    }

    /** A commit, and a process that begins anew behind it. */
    void restart() {
      half.drain();
      half = make(half.state());
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LogRecord barrier(long offset, long epoch) {
    return new LogRecord(offset, 0, null, null, Long.toString(epoch));
  }

  private static LogRecord event(long offset, int id, Random random) {
    String value =
        random.nextInt(10) == 0
            ? "{broken"
            : "{\"trip_id\":\"%d\",\"started_at\":\"2017-07-01T0%d:00:00Z\"}"
                .formatted(id, random.nextInt(10));
    long appended = Instant.parse("2017-07-02T00:00:00Z").toEpochMilli();
    return new LogRecord(offset, appended, utf8(Integer.toString(id)), utf8(value), null);
  }

  /** One step of a history, done to a partition. */
  private interface Step {
    void to(FirstHalf half);
  }

  private static List<Step> history(Random random) {
    List<Step> log = new ArrayList<>();
    List<Step> claims = new ArrayList<>();
    Map<Integer, Claims> claimed = new HashMap<>();
    long offset = 0;
    for (int epoch = 1; epoch <= EPOCHS + 1; epoch++) {
      for (int n = random.nextInt(30); n > 0; n--) {
        LogRecord event = event(offset++, random.nextInt(40), random);
        log.add(half -> half.onLog(event));
      }
      // The last one was never started by anyone.
      LogRecord barrier = barrier(offset++, epoch);
      log.add(half -> half.onLog(barrier));
      long e = epoch;
      for (int n = random.nextInt(8); n > 0; n--) {
        int id = random.nextInt(40);
        Claims all =
            claimed.merge(
                id,
                new Claims(List.of(new ClaimEntry(e, random.nextInt(4) > 0))),
                (a, b) -> a.plus(b.entries().get(0)));
        claims.add(half -> half.onClaims(utf8(Integer.toString(id)), all));
      }
      if (epoch <= EPOCHS) {
        claims.add(half -> half.onClaimsEnd(e));
      }
    }
    return interleaved(log, claims, random);
  }

  private static List<Step> interleaved(List<Step> log, List<Step> claims, Random random) {
    List<Step> all = new ArrayList<>();
    int l = 0;
    int c = 0;
    while (l < log.size() || c < claims.size()) {
      boolean fromLog = c == claims.size() || (l < log.size() && random.nextInt(100) < 85);
      all.add(fromLog ? log.get(l++) : claims.get(c++));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void shouldGiveTheSameWhateverIsReleasedAtOnce(int step) {
    long waited = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      Partition atOnce = new Partition(Integer.MAX_VALUE);
      Partition bySteps = new Partition(step);
      Random random = new Random(seed);
      for (Step s : history(random)) {
        s.to(atOnce.half);
        s.to(bySteps.half);
        waited += bySteps.half.canRelease() ? 1 : 0;
        if (random.nextInt(6) == 0) {
          bySteps.half.release();
        }
        if (random.nextInt(12) == 0) {
          bySteps.restart();
        }
        assertThat(bySteps.half.ledger().balances()).as("seed %d", seed).isTrue();
      }
      while (bySteps.half.canRelease()) {
        bySteps.half.release();
      }
      atOnce.restart();
      bySteps.restart();
      String as = "seed " + seed;
      assertThat(bySteps.contributions).as(as).isEqualTo(atOnce.contributions);
      assertThat(bySteps.rejected).as(as).isEqualTo(atOnce.rejected);
      assertThat(bySteps.half.state()).as(as).isEqualTo(atOnce.half.state());
      assertThat(bySteps.parked).as(as).isEmpty();
    }
    assertThat(waited).as("steps at which records still waited").isGreaterThan(HISTORIES);
  }

  @Test
  void shouldReleaseNoMoreThanAStepAtOnce() {
    Partition partition = new Partition(10);
    partition.half.onLog(barrier(0, 1));
    Random random = new Random(1);
    for (int i = 0; i < 35; i++) {
      partition.half.onLog(event(i + 1, i, random));
    }
    partition.half.onClaimsEnd(1);
    assertThat(partition.half.ledger().parked()).isEqualTo(25);
    // Also while more comes the queue becomes shorter.
    partition.half.onLog(event(36, 36, random));
    assertThat(partition.half.ledger().parked()).isEqualTo(24);
    partition.half.release();
    assertThat(partition.half.ledger().parked()).isEqualTo(14);
    partition.restart();
    assertThat(partition.half.canRelease()).isTrue();
  }

  /** The state tells how many records the log must have before the position. */
  @Test
  void shouldCountWhatComesInApartFromWhatBecomesOfIt() {
    Partition partition = new Partition(10);
    Random random = new Random(1);
    partition.half.onClaimsEnd(1);
    partition.half.onLog(event(0, 1, random));
    partition.half.onLog(barrier(1, 1));
    partition.half.onLog(barrier(4, 99));
    partition.half.onLog(barrier(5, 2));
    partition.half.onLog(event(6, 1, random));
    partition.half.onLog(barrier(7, 3));
    partition.restart();
    FirstHalfState state = FirstHalfState.fromBytes(partition.half.state());
    assertThat(state.position()).isEqualTo(8);
    assertThat(state.records()).isEqualTo(6);
    assertThat(state.barriers()).isEqualTo(2);
    assertThat(state.parkedBarriers()).isEqualTo(1);
    assertThat(state.ledger()).isEqualTo(new Ledger(3, 1, 0, 0, 1, 1));
  }
}
