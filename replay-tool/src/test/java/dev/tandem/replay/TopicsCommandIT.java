package dev.tandem.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.localkafka.LocalKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicsCommandIT {
  @TempDir Path dir;

  @Test
  void shouldMakeTopicsOnceAndRefuseOthers() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")))) {
      TinyPipeline tiny = new TinyPipeline(dir, "tiny");
      Console missing = topics("describe", "tiny", tiny, kafka);
      assertThat(missing.status()).isEqualTo(1);
      assertThat(missing.out()).containsPattern("tiny.events +4 .*missing");

      Console made = topics("create", "tiny", tiny, kafka, "--set", "partitions=3");
      assertThat(made.status()).as(made.err()).isZero();
      assertThat(made.out()).containsPattern("tiny.events +3 +1 +cleanup.policy=delete .*ok");

      Console again = topics("create", "tiny", tiny, kafka);
      assertThat(again.status()).isZero();
      assertThat(again.out()).contains("all of them were there").containsPattern("tiny.claims +3 ");
      assertThat(topics("describe", "tiny", tiny, kafka).status()).isZero();

      TinyPipeline two = new TinyPipeline(dir, "two");
      Console tooMany = topics("create", "two", two, kafka, "--set", "topics.replication=2");
      assertThat(tooMany.status()).isEqualTo(1);
      assertThat(tooMany.err()).contains("Unable to replicate the partition 2 time(s)");

      TinyPipeline odd = new TinyPipeline(dir, "odd");
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
        admin.createTopics(List.of(new NewTopic("odd.aggregates", 2, (short) 1))).all().get();
        await().until(() -> admin.listTopics().names().get().contains("odd.aggregates"));
      }
      Console refused = topics("create", "odd", odd, kafka);
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "odd.aggregates has 2 partitions, must have 4",
              "odd.aggregates has cleanup.policy=delete, must have cleanup.policy=compact");
      Console described = topics("describe", "odd", odd, kafka);
      assertThat(described.status()).isEqualTo(2);
      assertThat(described.out()).as("nothing was made").containsPattern("odd.events .*missing");
    }
  }

  private static Console topics(
      String action, String pipeline, TinyPipeline tiny, LocalKafka kafka, String... more) {
    List<Object> args =
        new java.util.ArrayList<>(
            List.of(
                "topics",
                action,
                "-p",
                pipeline,
                "--config",
                tiny.config(),
                "--bootstrap",
                kafka.bootstrap()));
    args.addAll(List.of(more));
    return Console.run(args.toArray());
  }
}
