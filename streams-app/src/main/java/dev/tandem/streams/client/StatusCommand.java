package dev.tandem.streams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem status}: how a pipeline stands, also while its app is down. */
@Command(name = "status", description = "Topics, lag, ledger, last runs and health of a pipeline.")
public final class StatusCommand implements Callable<Integer> {
  private static final int RUNS = 5;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "P",
      required = true,
      description = "the pipeline")
  private String pipeline;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the app (default: http://127.0.0.1:8080, of the settings http.host and .port)")
  private Optional<String> url = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings();
    PipelineDefinition definition = PipelineLoader.load(settings.configDir(), pipeline);
    Topics topics = Topics.of(definition);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ApiClient api = new ApiClient(url.orElseGet(() -> QueryCommand.address(settings)));
    try (Admin admin =
        KafkaConnection.connect(
            settings.kafka(), settings.get(Keys.CONNECT_TIMEOUT), err::println)) {
      KafkaFigures figures = new KafkaFigures(admin, topics);
      List<TopicAdmin.State> states =
          new TopicAdmin(admin, topics).describe(settings.get(Keys.PARTITIONS));
      printTopics(out, states, figures);
      out.println();
      printApp(out, api, figures);
      out.println();
      if (states.stream().anyMatch(s -> s.spec().name().equals(topics.runs()) && s.exists())) {
        try (RunLog runs = new RunLog(settings.kafka(), topics)) {
          runs.refresh();
          printRuns(out, new ArrayList<>(runs.runs().values()));
        }
      }
    }
    out.flush();
    return 0;
  }

  private static void printTopics(
      PrintWriter out, List<TopicAdmin.State> states, KafkaFigures figures)
      throws InterruptedException {
    TextTable table =
        new TextTable(
            out,
            List.of(
                new TextTable.Column("topic", false),
                new TextTable.Column("partitions", true),
                new TextTable.Column("policy", false),
                new TextTable.Column("offsets", true),
                new TextTable.Column("size", true),
                new TextTable.Column("note", false)));
    for (TopicAdmin.State state : states) {
      String name = state.spec().name();
      if (state.exists()) {
        KafkaFigures.Size size = figures.size(name);
        table.row(
            List.of(
                name,
                state.partitions().map(String::valueOf).orElse(""),
                state.configs().getOrDefault("cleanup.policy", ""),
                String.format(Locale.ROOT, "%,d", size.offsets()),
                size.bytesText(),
                String.join("; ", state.differences())));
      } else {
        table.row(List.of(name, "", "", "", "", "missing"));
      }
    }
    table.end();
  }

  private void printApp(PrintWriter out, ApiClient api, KafkaFigures figures)
      throws InterruptedException {
    out.println("lag      " + figures.lagText());
    Optional<JsonNode> answer = api.tryGet("/api/v1/" + pipeline);
    if (answer.isEmpty()) {
      out.printf(
          "app      not running: no answer at %s (start it with ./tandem up -p %s)%n",
          api.base(), pipeline);
      return;
    }
    JsonNode app = answer.get();
    if (app.has("error")) {
      out.printf("app      at %s: %s%n", api.base(), app.path("error").asText());
      return;
    }
    out.printf(
        "app      %s at %s%s; barrier %d passed, epoch %d taken over%n",
        app.path("state").asText().toLowerCase(Locale.ROOT),
        api.base(),
        app.path("ready").asBoolean() ? "" : " (" + app.path("detail").asText() + ")",
        app.path("generation").asLong(),
        app.path("committed_epoch").asLong());
    JsonNode ledger = app.path("ledger");
    out.printf(
        "ledger   %,d read = %,d counted + %,d claimed + %,d duplicate + %,d rejected + %,d"
            + " parked%s%n",
        ledger.path("read").asLong(),
        ledger.path("counted").asLong(),
        ledger.path("claimed").asLong(),
        ledger.path("duplicate").asLong(),
        ledger.path("rejected").asLong(),
        ledger.path("parked").asLong(),
        ledger.path("balances").asBoolean() ? "" : ": DOES NOT BALANCE");
  }

  private static void printRuns(PrintWriter out, List<Run> runs) {
    if (runs.isEmpty()) {
      out.println("no backfill has run");
      return;
    }
    runs.sort(Comparator.comparingLong(Run::epoch).reversed());
    TextTable table =
        new TextTable(
            out,
            List.of(
                new TextTable.Column("run", true),
                new TextTable.Column("state", false),
                new TextTable.Column("from", false),
                new TextTable.Column("to", false),
                new TextTable.Column("source", false),
                new TextTable.Column("started", false),
                new TextTable.Column("ended", false),
                new TextTable.Column("error", false)));
    for (Run run : runs.subList(0, Math.min(RUNS, runs.size()))) {
      table.row(
          List.of(
              run.id(),
              run.state().name().toLowerCase(Locale.ROOT),
              orDash(run.from()),
              orDash(run.to()),
              run.source(),
              run.startedAt(),
              orDash(run.endedAt()),
              run.error() == null ? "" : run.error()));
    }
    table.end();
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }
}
