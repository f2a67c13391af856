package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.TandemException;
import dev.tandem.core.reconcile.FirstHalfState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

/** What dies is either tried again or explained. */
class FailurePolicyTest {
  private final AtomicReference<Throwable> stopped = new AtomicReference<>();
  private final FailurePolicy policy =
      new FailurePolicy("p", Path.of("/var/tandem/streams/tandem-p"), stopped::set);

  private String says(Throwable failure) {
    assertThat(policy.handle(failure)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    return FailurePolicy.message(stopped.get());
  }

  @Test
  void shouldTryAgainWhenKafkaDidNotAnswer() {
    for (Throwable cause :
        List.of(new TimeoutException("slow"), new InvalidTxnStateException("ended meanwhile"))) {
      assertThat(policy.handle(new StreamsException(cause)))
          .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
    assertThat(stopped.get()).isNull();
  }

  @Test
  void shouldSayWhatToDoAboutTheMachine() {
    assertThat(
            says(
                new ProcessorStateException(
                    new RocksDBException("While appending to file: No space left on device"))))
        .contains("no space left", "/var/tandem/streams/tandem-p", "make room", "nothing is lost");
    assertThat(says(new StreamsException(new IOException("Too many open files"))))
        .contains("ulimit -n");
    assertThat(says(new OutOfMemoryError("Java heap space"))).contains("TANDEM_JAVA_OPTS=-Xmx2g");
    assertThat(says(new ProcessorStateException(new RocksDBException("Corruption: bad block"))))
        .contains("Corruption: bad block", "delete that folder");
    assertThat(says(new ProcessorStateException("Error opening store rows")))
        .contains("Error opening store rows", "delete that folder");
  }

  @Test
  void shouldSayWhatToDoAboutTheStateOfAnotherBuild() {
    byte[] newer = {99};
    Throwable failure = catchThrowable(() -> FirstHalfState.fromBytes(newer));
    assertThat(says(new StreamsException(failure)))
        .contains("state of the first half of version 99, this build reads 2")
        .contains("start that build again", "./tandem up -p p --rebuild");
  }

  @Test
  void shouldSayWhatToDoAboutKafka() {
    assertThat(
            says(
                new StreamsException(
                    new OffsetOutOfRangeException(Map.of(new TopicPartition("p.events", 0), 5L)))))
        .contains("p.events-0", "--rebuild");
  }

  @Test
  void shouldKeepWhatWasSaidAlready() {
    assertThat(says(new StreamsException("x", TandemException.failed("do this"))))
        .isEqualTo("do this");
  }

  @Test
  void shouldKeepTheInnermostCauseOfAFaultOfOurs() {
    assertThat(says(new StreamsException("x", new IllegalStateException("why")))).isEqualTo("why");
  }

  @Test
  void shouldSayWhatToDoWhenTwoInstancesHaveOneName() {
    assertThat(says(new StreamsException(new FencedInstanceIdException("fenced"))))
        .contains("another instance of the same name", "state.dir=DIR", "instance.id=NAME");
  }
}
