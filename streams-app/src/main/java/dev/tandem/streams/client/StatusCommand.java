package dev.tandem.streams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.streams.access.Access;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem status}: how a pipeline stands, also while its app is down. */
@Command(
    name = "status",
    description =
        "Topics, lag, ledger, last runs and health of a pipeline; exit status 1 when the ledger"
            + " does not balance.")
public final class StatusCommand implements Callable<Integer> {
  private static final int RUNS = 5;

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the app (default: http://127.0.0.1:8080, of the settings http.host and .port)")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--recount",
      description =
          "count the log again, up to where the app has read it, and compare with the ledger (about"
              + " a second a million records)")
  private boolean recount;

  @Option(names = "--json", description = "all of it as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings();
    PipelineDefinition definition = pipeline.load(settings);
    PrintWriter out = spec.commandLine().getOut();
    ApiClient api =
        new ApiClient(url.orElseGet(() -> QueryCommand.address(settings)), Access.of(settings));
    Standing standing =
        Standing.look(
            settings,
            definition,
            recount,
            api.tryGet("/api/v1/" + pipeline.name()),
            spec.commandLine().getErr()::println);
    if (json) {
      out.println(standing.toJson(pipeline.name()).toPrettyString());
    } else {
      printTopics(out, standing);
      out.println();
      printApp(out, api, standing);
      out.println();
      printRuns(out, standing.runs());
    }
    out.flush();
    return standing.ledger().balances() ? 0 : TandemException.FAILED;
  }

  private static void printTopics(PrintWriter out, Standing standing) {
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
    for (TopicAdmin.State state : standing.states()) {
      String name = state.spec().name();
      KafkaFigures.Size size = standing.sizes().get(name);
      if (size != null) {
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

  private void printApp(PrintWriter out, ApiClient api, Standing standing) {
    out.println("lag      " + lagText(standing.lags()));
    printState(out, api, standing.app());
    standing
        .alerts()
        .ifPresent(open -> out.println("alerts   " + alertsText(open, standing.app())));
    out.println("ledger   " + standing.ledger().line());
    if (!standing.ledger().states().isEmpty()) {
      out.println();
      new LedgerTable(standing.ledger()).print(out);
    }
  }

  private static String alertsText(long open, Optional<JsonNode> app) {
    JsonNode decisions = app.map(a -> a.path("decisions")).orElseGet(MissingNode::getInstance);
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%,d open", open));
    if (decisions.hasNonNull("decided_to")) {
      text.append("; decided to ").append(decisions.get("decided_to").asText());
      text.append(baselineText(decisions));
    }
    return text.toString();
  }

  private static String baselineText(JsonNode decisions) {
    JsonNode used = decisions.path("baseline");
    JsonNode next = decisions.path("next_baseline");
    if (!next.isTextual() && !used.isTextual()) {
      return ", without a baseline (./tandem backfill learns one)";
    }
    String now = used.isTextual() ? " against baseline " + used.asText() : ", without a baseline";
    return next.isTextual() && !next.equals(used)
        ? now + "; from the next hour against baseline " + next.asText()
        : now;
  }

  private static String lagText(Map<String, Long> lags) {
    if (lags.isEmpty()) {
      return "not known: the app has not committed anything yet";
    }
    List<String> texts =
        lags.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
            .toList();
    return String.join(", ", texts) + " records behind";
  }

  private void printState(PrintWriter out, ApiClient api, Optional<JsonNode> answer) {
    if (answer.isEmpty()) {
      out.printf(
          "app      not running: no answer at %s (start it with ./tandem up -p %s)%n",
          api.base(), pipeline.name());
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
  }

  private static void printRuns(PrintWriter out, List<Run> runs) {
    if (runs.isEmpty()) {
      out.println("no backfill has run");
      return;
    }
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
