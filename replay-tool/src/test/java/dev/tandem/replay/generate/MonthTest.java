package dev.tandem.replay.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class MonthTest {
  @Property
  void shouldSpreadAllEventsOverMonthsOfAtMostFiftyThousand(
      @ForAll @LongRange(min = 1, max = 4_000_000) long events) {
    List<Month> plan = Month.plan(events);
    assertThat(plan).allMatch(m -> m.events() <= 50_000);
    assertWhole(plan, events);
  }

  @Property
  void shouldHaveNoEventsThatAreYetToCome(
      @ForAll @LongRange(min = 4_000_000, max = 1_000_000_000) long events) {
    List<Month> plan = Month.plan(events);
    assertThat(plan).allMatch(m -> !m.month().isAfter(YearMonth.of(2026, 8)));
    assertThat(plan).allMatch(m -> m.events() < 2 * events / plan.size());
    assertWhole(plan, events);
  }

  private static void assertWhole(List<Month> plan, long events) {
    assertThat(plan).hasSizeGreaterThanOrEqualTo(2);
    assertThat(plan.stream().mapToLong(Month::events).sum()).isEqualTo(events);
    assertThat(plan).allMatch(m -> m.events() >= 0);
    long first = 0;
    for (Month month : plan) {
      assertThat(month.first()).isEqualTo(first);
      first += month.events();
    }
  }
}
