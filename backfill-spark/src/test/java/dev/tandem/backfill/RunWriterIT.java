package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.time.TimeRange;
import dev.tandem.localkafka.LocalKafka;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWriterIT {
  @TempDir private static Path folder;
  private static LocalKafka broker;
  private static Map<String, String> kafka;

  @BeforeAll
  static void start() {
    broker = LocalKafka.start(LocalKafka.Config.in(folder.resolve("kafka")));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Topics topics(String pipeline) {
    Topics topics = new Topics(pipeline);
    try (Admin admin = Admin.create(new HashMap<>(kafka))) {
      new TopicAdmin(admin, topics).create(2);
    }
    return topics;
  }

  private static Run run(long epoch) {
    return Run.started(epoch, TimeRange.ALL, ZoneOffset.UTC, "both", Map.of(), List.of());
  }

  private static Map<Long, Run> runs(Topics topics) {
    try (RunLog log = new RunLog(kafka, topics)) {
      log.refresh();
      return log.runs();
    }
  }

  @Test
  void shouldStopTheEarlierBackfillWhenAnotherTakesOver() {
    Topics topics = topics("fenced");
    try (RunWriter first = new RunWriter(kafka, topics, 2)) {
      first.save(run(1));
      try (RunWriter second = new RunWriter(kafka, topics, 2)) {
        assertThatThrownBy(() -> first.save(run(1).failed("late")))
            .isInstanceOf(TandemException.class)
            .hasMessageContaining("another backfill of fenced took over");
        assertThat(first.isFenced()).isTrue();
        second.save(run(2));
      }
    }
    assertThat(runs(topics)).containsOnlyKeys(1L, 2L);
    assertThat(runs(topics).get(1L).state()).isEqualTo(Run.State.STARTED);
  }

  @Test
  void shouldLeaveNothingBehindWhenATransactionFails() {
    Topics topics = topics("aborted");
    try (RunWriter writer = new RunWriter(kafka, topics, 2)) {
      assertThatThrownBy(
              () ->
                  writer.transaction(
                      () -> {
                        writer.send(run(1));
                        throw new IllegalStateException("a task failed");
                      }))
          .hasMessage("a task failed");
      assertThat(writer.isFenced()).isFalse();
      writer.save(run(2));
    }
    assertThat(runs(topics)).containsOnlyKeys(2L);
  }

  @Test
  void shouldPutABarrierOnEveryPartitionAndSayWhere() {
    Topics topics = topics("barriers");
    try (RunWriter writer = new RunWriter(kafka, topics, 2)) {
      assertThat(writer.writeBarriers(1)).isEqualTo(Map.of(0, 0L, 1, 0L));
      // Behind the first barrier and the marker that commits it.
      assertThat(writer.writeBarriers(2)).isEqualTo(Map.of(0, 2L, 1, 2L));
    }
  }

  @Test
  void shouldNotHoldBackTheLiveStreamForLongWhenItDiesBetweenBarriers() throws Exception {
    Topics topics = topics("brief");
    try (RunWriter writer = new RunWriter(kafka, topics, 2);
        Admin admin = Admin.create(new HashMap<>(kafka))) {
      writer.writeBarriers(1);
      String id = topics.barriersTransactionalId();
      assertThat(admin.describeTransactions(List.of(id)).description(id).get())
          .satisfies(d -> assertThat(d.transactionTimeoutMs()).isLessThanOrEqualTo(10_000));
    }
  }
}
