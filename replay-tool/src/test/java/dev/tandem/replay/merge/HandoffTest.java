package dev.tandem.replay.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HandoffTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  @Test
  void shouldPassAFewItemsWithoutWaitingForMore() throws InterruptedException {
    Handoff<Integer> handoff = new Handoff<>(100, 1_000, 1_000);
    handoff.put(1, 0);
    handoff.put(2, 0);
    Handoff.Batch<Integer> batch = handoff.take(MINUTE);
    assertThat(batch.items()).containsExactly(1, 2);
    assertThat(batch.last()).isFalse();
    assertThat(handoff.take(1).items()).isEmpty();
  }

  @Test
  void shouldPassAllInOrderThroughALittleRoom() throws InterruptedException {
    Handoff<Integer> handoff = new Handoff<>(4, 8, 1_000);
    List<Integer> sent = IntStream.range(0, 10_000).boxed().toList();
    CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(handoff, sent));
    List<Integer> got = new ArrayList<>();
    Handoff.Batch<Integer> batch;
    do {
      batch = handoff.take(MINUTE);
      assertThat(batch.items()).hasSizeLessThanOrEqualTo(8);
      got.addAll(batch.items());
    } while (!batch.last());
    assertThat(got).isEqualTo(sent);
    sender.join();
  }

  @Test
  void shouldMakeTheSenderWaitForRoomByWeight() throws InterruptedException {
    Handoff<Integer> handoff = new Handoff<>(100, 100, 10);
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> send(handoff, List.of(6, 7, 8)));
    List<Integer> got = new ArrayList<>();
    while (got.size() < 3) {
      List<Integer> items = handoff.take(MINUTE).items();
      assertThat(items).hasSizeLessThanOrEqualTo(2);
      got.addAll(items);
    }
    assertThat(got).containsExactly(6, 7, 8);
    sender.join();
  }

  @Test
  void shouldSayWhyTheItemsEndBehindTheLastOfThem() throws InterruptedException {
    Handoff<Integer> handoff = new Handoff<>(100, 100, 100);
    RuntimeException why = new IllegalStateException("broken");
    handoff.put(1, 0);
    handoff.end(Optional.of(why));
    Handoff.Batch<Integer> batch = handoff.take(MINUTE);
    assertThat(batch.items()).containsExactly(1);
    assertThat(batch.last()).isTrue();
    assertThat(batch.failure()).containsSame(why);
  }

  private static void send(Handoff<Integer> handoff, List<Integer> items) {
    try {
      for (int item : items) {
        handoff.put(item, item % 100);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    handoff.end(Optional.empty());
  }
}
