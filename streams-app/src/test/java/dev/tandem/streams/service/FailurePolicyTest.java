package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
  @Test
  void shouldGoOnOnlyWhereTimeHelps() {
    assertThat(FailurePolicy.isTransient(new StreamsException(new TimeoutException("late"))))
        .isTrue();
    assertThat(FailurePolicy.isTransient(new StreamsException(new RecordTooLargeException("big"))))
        .isFalse();
    assertThat(FailurePolicy.isTransient(new FencedInstanceIdException("fenced"))).isFalse();
  }

  @Test
  void shouldSayWhatToDoWhenTwoInstancesHaveOneName() {
    assertThat(FailurePolicy.message(new StreamsException(new FencedInstanceIdException("fenced"))))
        .contains("another instance of the same name", "state.dir=DIR", "instance.id=NAME");
  }

  @Test
  void shouldSayWhatTheInnermostCauseSays() {
    assertThat(FailurePolicy.message(new StreamsException(new RecordTooLargeException("big"))))
        .isEqualTo("big");
    assertThat(FailurePolicy.message(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
