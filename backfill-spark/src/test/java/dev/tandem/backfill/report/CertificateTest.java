package dev.tandem.backfill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.backfill.TestPipeline;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CertificateTest {
  private static final byte[] NONE = {};

  private final PipelineDefinition pipeline = TestPipeline.load();
  private final AggregateDefinition hourly = TestPipeline.aggregate(pipeline, "trips_hourly");
  private final RowLayout layout = new RowLayout(hourly);

  private RowKey key(String window) {
    return RowKey.of(hourly, Instant.parse(window).toEpochMilli(), List.of());
  }

  private byte[] state(int... ids) {
    RowState state = new RowState(layout);
    for (int id : ids) {
      state.add(TestPipeline.trip(pipeline, "t" + id, "2017-07-01T08:00:00Z", "A"), id * 31L);
    }
    return SummaryBuilder.bytes(state);
  }

  private CertificateBuilder builder() {
    return new CertificateBuilder(pipeline.zone());
  }

  private Certificate one(String window, byte[] state) {
    CertificateBuilder b = builder();
    b.add(0, key(window), state);
    return b.build();
  }

  @Test
  void shouldNotDependOnOrderNorOnHowRowsAreSharedOut() {
    List<Integer> hours = new ArrayList<>();
    for (int hour = 0; hour < 3000; hour++) {
      hours.add(hour);
    }
    CertificateBuilder inOrder = builder();
    hours.forEach(h -> add(inOrder, h));
    Collections.shuffle(hours, new Random(5));
    Certificate parts = Certificate.NONE;
    for (int part = 0; part < 3; part++) {
      CertificateBuilder b = builder();
      hours.subList(part * 1000, part * 1000 + 1000).forEach(h -> add(b, h));
      parts = parts.plus(b.build());
    }
    assertThat(parts).isEqualTo(inOrder.build());
    assertThat(parts.digests()).hasSize(5);
    assertThat(parts.of(0).rows()).isEqualTo(3000);
    assertThat(parts.of(1)).isEqualTo(Digest.NONE);
  }

  private void add(CertificateBuilder b, int hour) {
    RowKey key = RowKey.of(hourly, 1_498_892_400_000L + hour * 3_600_000L, List.of());
    b.add(0, key, state(hour, hour + 1));
  }

  @Test
  void shouldNameTheMonthWhoseRowsDiffer() {
    String july = "2017-08-01T06:00:00Z";
    String august = "2017-08-01T07:00:00Z";
    Certificate served = one(july, state(1)).plus(one(august, state(2)));
    assertThat(served.digests()).as("months of Portland, not of UTC").hasSize(2);
    assertThat(served.differing(served)).isEmpty();
    // Another event, another row, no row, a row more.
    for (Certificate other :
        List.of(
            one(july, state(1)).plus(one(august, state(3))),
            one(july, state(1)).plus(one("2017-08-01T08:00:00Z", state(2))),
            one(july, state(1)),
            served.plus(one("2017-08-31T12:00:00Z", state(4))))) {
      assertThat(served.differing(other))
          .singleElement()
          .extracting(Slice::from)
          .isEqualTo(Instant.parse(august).toEpochMilli());
      assertThat(other.differing(served)).hasSize(1);
    }
  }

  @Test
  void shouldTellSwappedStatesApartThoughEventsAreTheSame() {
    String eight = "2017-07-01T08:00:00Z";
    String nine = "2017-07-01T09:00:00Z";
    Certificate right = one(eight, state(1)).plus(one(nine, state(2, 3)));
    Certificate swapped = one(nine, state(1)).plus(one(eight, state(2, 3)));
    assertThat(right.of(0).idsHex()).isEqualTo(swapped.of(0).idsHex());
    assertThat(right.of(0).statesHex()).isNotEqualTo(swapped.of(0).statesHex());
  }

  @Test
  void shouldPassOverRowsThatDoNotExist() {
    assertThat(one("2017-07-01T08:00:00Z", NONE)).isEqualTo(Certificate.NONE);
  }

  @Test
  void shouldSumUpMonths() {
    Certificate both =
        one("2017-07-10T08:00:00Z", state(1)).plus(one("2019-08-10T08:00:00Z", state(2)));
    Certificate whole = both.whole();
    assertThat(whole.digests()).hasSize(1);
    Slice slice = whole.digests().firstKey();
    assertThat(slice.from()).isEqualTo(both.digests().firstKey().from());
    assertThat(slice.to()).isEqualTo(both.digests().lastKey().to());
    assertThat(whole.of(0)).isEqualTo(both.of(0));
  }

  @Test
  void shouldLeaveOutSlicesThatAreJudgedOtherwise() {
    Certificate july = one("2017-07-10T08:00:00Z", state(1));
    Certificate august = one("2017-08-10T08:00:00Z", state(2));
    Certificate both = july.plus(august);
    assertThat(both.without(july.digests().keySet())).isEqualTo(august);
  }
}
