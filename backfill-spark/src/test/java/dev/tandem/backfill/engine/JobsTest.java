package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class JobsTest {
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  private static int failWith(Throwable failure) {
    return Jobs.<Integer>run(
        () -> {
          throw JobsTest.<RuntimeException>sneaky(failure);
        });
  }

  @Test
  void shouldGiveWhatTheJobGives() {
    assertThat(Jobs.run(() -> 7)).isEqualTo(7);
  }

  @Test
  void shouldThrowTheReasonAUserUnderstandsWhenATaskGaveIt() {
    TandemException reason = TandemException.failed("the file is cut off");
    assertThatThrownBy(() -> failWith(new SparkException("Job aborted", new Error(reason))))
        .isSameAs(reason);
  }

  /** Spark tells the driver of a task's failure in words only. */
  @Test
  void shouldSayWhatToDoWhenSparksDiskIsFull() {
    assertThatThrownBy(
            () ->
                failWith(
                    new SparkException(
                        "Job aborted due to stage failure: java.io.IOException: No space left on"
                            + " device",
                        null)))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("spark.local.dir")
        .hasMessageContaining("nothing was published");
  }

  @Test
  void shouldThrowAnUncheckedExceptionWhenSparkThrowsACheckedOne() {
    IllegalStateException fault = new IllegalStateException("a fault");
    assertThatThrownBy(() -> failWith(new SparkException("Job aborted", fault))).isSameAs(fault);
    assertThatThrownBy(() -> failWith(new SparkException("Job aborted", null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Job aborted");
  }
}
