package dev.tandem.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.time.TimeRange;
import dev.tandem.streams.query.BadQueryException;
import io.javalin.http.TooManyRequestsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryLimitsTest {
  private final QueryLimits limits = new QueryLimits(Optional.of(Duration.ofDays(30)), 2, 1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();

  private CompletableFuture<Void> query() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            limits.run(this::work);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        command -> new Thread(command).start());
  }

  private void work() {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.decrementAndGet();
  }

  @AfterEach
  void letGo() {
    over.countDown();
  }

  @Test
  void shouldLetSomeWaitAndSendTheOthersAway() {
    CompletableFuture<Void> first = query();
    CompletableFuture<Void> second = query();
    await().until(() -> running.get() == 2);
    CompletableFuture<Void> waits = query();
    await().until(() -> limits.waiting() == 1);
    assertThatThrownBy(() -> limits.run(this::work))
        .isInstanceOf(TooManyRequestsResponse.class)
        .hasMessage(
            "2 queries are running (query.running) and 1 may wait (query.waiting): ask again in a"
                + " second");
    over.countDown();
    CompletableFuture.allOf(first, second, waits).join();
    assertThat(mostRunning).hasValue(2);
  }

  @Test
  void shouldGiveItsSlotBackWhenAQueryFails() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  limits.run(
                      () -> {
                        throw new IllegalStateException("no rows");
                      }))
          .hasMessage("no rows");
    }
    AtomicInteger ran = new AtomicInteger();
    limits.run(ran::incrementAndGet);
    assertThat(ran).hasValue(1);
  }

  @Test
  void shouldRefuseRangesThatAreTooLongOrOpen() {
    long month = Duration.ofDays(30).toMillis();
    limits.check(new TimeRange(5, 5 + month));
    for (TimeRange range :
        List.of(new TimeRange(5, 6 + month), new TimeRange(5, Long.MAX_VALUE), TimeRange.ALL)) {
      assertThatThrownBy(() -> limits.check(range))
          .isInstanceOf(BadQueryException.class)
          .hasMessage(
              "the range is longer than 720 hours (query.range): give from and to, nearer to each"
                  + " other");
    }
    new QueryLimits(Optional.empty(), 1, 0).check(TimeRange.ALL);
  }

  @Test
  void shouldLeaveThreadsForWhatIsNoQuery() {
    assertThat(limits.threads()).isGreaterThan(2 + 1 + 10);
  }
}
