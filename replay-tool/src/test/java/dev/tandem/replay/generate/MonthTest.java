package dev.tandem.replay.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class MonthTest {
  @Property
  void shouldSpreadAllEventsOverMonthsOfAtMostFiftyThousand(
      @ForAll @LongRange(min = 1, max = 5_000_000) long events) {
    List<Month> plan = Month.plan(events);
    assertThat(plan).hasSizeGreaterThanOrEqualTo(2);
    assertThat(plan.stream().mapToLong(Month::events).sum()).isEqualTo(events);
    assertThat(plan).allMatch(m -> m.events() >= 0 && m.events() <= 50_000);
    long first = 0;
    for (Month month : plan) {
      assertThat(month.first()).isEqualTo(first);
      first += month.events();
    }
  }
}
