package dev.tandem.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FailPointTest {
  @Test
  void shouldDoNothingWhenNoHookIsOnTheClassPath() {
    assertThat(ServiceLoader.load(FailPoint.Hook.class)).isEmpty();
    for (FailPoint point : FailPoint.values()) {
      point.reached();
    }
  }

  @Test
  void shouldBelongToTheProcessOfItsName() {
    List<FailPoint> all = new ArrayList<>();
    for (FailPoint.Where where : FailPoint.Where.values()) {
      assertThat(FailPoint.of(where)).allMatch(p -> p.name().startsWith(where.name() + "_"));
      all.addAll(FailPoint.of(where));
    }
    assertThat(all).containsExactlyInAnyOrder(FailPoint.values());
    assertThat(FailPoint.BACKFILL_CLAIMS_OPEN.text()).isEqualTo("backfill-claims-open");
  }
}
