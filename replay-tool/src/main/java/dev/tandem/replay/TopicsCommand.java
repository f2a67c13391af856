package dev.tandem.replay;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.replay.console.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem topics create|describe}. */
@Command(
    name = "topics",
    description = "Makes or shows the topics of a pipeline; refuses those with other settings.")
final class TopicsCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    CREATE,
    DESCRIBE
  }

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "create|describe",
      description =
          "create: make those that are missing, safe to repeat; describe: only show them (exit"
              + " status 1 when one is missing, 2 when one has other settings)")
  private Action action;

  @Override
  public Integer call() {
    Settings settings = common.settings();
    PipelineDefinition definition = pipeline.load(settings);
    PrintWriter err = spec.commandLine().getErr();
    try (Admin admin =
        KafkaConnection.connect(
            settings.kafka(), settings.get(Keys.CONNECT_TIMEOUT), err::println)) {
      TopicAdmin topics =
          new TopicAdmin(admin, Topics.of(definition), settings.get(Keys.TOPICS_REPLICATION));
      int partitions = settings.get(Keys.PARTITIONS);
      return action == Action.CREATE ? create(topics, partitions) : describe(topics, partitions);
    }
  }

  private int create(TopicAdmin topics, int partitions) {
    List<String> made = topics.create(partitions);
    print(topics.describe(partitions));
    PrintWriter out = spec.commandLine().getOut();
    out.println(made.isEmpty() ? "all of them were there" : "made " + String.join(", ", made));
    out.flush();
    return 0;
  }

  private int describe(TopicAdmin topics, int partitions) {
    List<TopicAdmin.State> states = topics.describe(partitions);
    print(states);
    boolean wrong = states.stream().anyMatch(s -> !s.differences().isEmpty());
    boolean missing = states.stream().anyMatch(s -> !s.exists());
    return wrong ? TandemException.WRONG_USE : missing ? TandemException.FAILED : 0;
  }

  private void print(List<TopicAdmin.State> states) {
    List<List<String>> lines = states.stream().map(TopicsCommand::line).toList();
    new TextTable(List.of("topic", "partitions", "replicas", "settings", "state"), lines)
        .print(spec.commandLine().getOut());
  }

  private static List<String> line(TopicAdmin.State state) {
    Map<String, String> shown =
        new TreeMap<>(state.exists() ? state.configs() : state.spec().configs());
    String configs =
        shown.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
    String judgement =
        state.differences().isEmpty() ? "ok" : String.join("; ", state.differences());
    return List.of(
        state.spec().name(),
        Integer.toString(state.partitions().orElse(state.spec().partitions())),
        state.replicas().map(String::valueOf).orElse("-"),
        configs,
        state.exists() ? judgement : "missing");
  }
}
