package dev.tandem.bench.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.bench.plain.Names;
import dev.tandem.bench.plain.RowTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TripFoldTest {
  private static final String HEADER =
      "RouteID,PaymentPlan,StartHub,StartDate,StartTime,EndHub,EndDate,EndTime,Distance_Miles,Duration\n";

  private final TripFold fold = new TripFold(new Names.Shared());

  @Test
  void shouldCountSumAndTakeExtremes() {
    add("1,Casual,A,7/1/2017,8:05,B,7/1/2017,8:35,1.005,0:25:00");
    add("2,Casual,A,7/1/2017,8:55,B,7/1/2017,9:05,2.5,0:10:30");
    assertThat(sizes()).containsExactly(1, 1, 1, 2, 1);
    assertThat(numbers(0)).containsExactly(2L, 2L, 2130L, 630L, 1500L, 2L, 351L, 101L, 250L);
  }

  @Test
  void shouldApplyTheRules() {
    // No duration: the time between. Too many miles. An end more than 24 hours later.
    add("1,,A,7/1/2017,8:05,B,7/1/2017,8:35,100.01,");
    add("2,,A,7/1/2017,8:05,B,7/2/2017,8:06,,24:00:01");
    assertThat(sizes()).containsExactly(1, 1, 1, 1, 1);
    assertThat(Arrays.copyOf(numbers(0), 6)).containsExactly(2L, 1L, 1800L, 1800L, 1800L, 0L);
  }

  @Test
  void shouldLeaveOutWhatIsNoTrip() {
    add(",Casual,A,7/1/2017,8:05,B,7/1/2017,8:35,1,0:25:00");
    add("1,Casual,A,7/1/2017,25:05,B,7/1/2017,8:35,1,0:25:00");
    add("2,Casual,A,,,B,7/1/2017,8:35,1,0:25:00");
    assertThat(sizes()).containsOnly(0);
  }

  @Test
  void shouldMergeWhatTwoThreadsHaveFolded() {
    Names.Shared names = new Names.Shared();
    TripFold one = new TripFold(names);
    TripFold other = new TripFold(names);
    for (int i = 0; i < 10_000; i++) {
      (i % 2 == 0 ? one : other)
          .add(csv(i + ",,S" + i % 5_000 + ",7/1/2017,8:05,,7/1/2017,8:35,1,0:00:0" + i % 10));
    }
    one.addAll(other);
    RowTable departures = one.tables().get(2);
    assertThat(departures.size()).isEqualTo(5_000);
    assertThat(IntStream.range(0, 5_000).mapToLong(row -> departures.number(row, 0)).sum())
        .isEqualTo(10_000);
    assertThat(one.tables().get(0).number(0, RowTable.SECONDS + 1)).isEqualTo(45_000);
  }

  private void add(String record) {
    fold.add(csv(record));
  }

  private static CsvBytes csv(String record) {
    return new CsvBytes((HEADER + record).getBytes(StandardCharsets.UTF_8));
  }

  private List<Integer> sizes() {
    return fold.tables().stream().map(RowTable::size).toList();
  }

  /** Of the first row. */
  private long[] numbers(int table) {
    return IntStream.range(0, RowTable.NUMBERS)
        .mapToLong(number -> fold.tables().get(table).number(0, number))
        .toArray();
  }
}
