package dev.tandem.backfill;

import dev.tandem.backfill.engine.Engine;
import dev.tandem.backfill.engine.EventTables;
import dev.tandem.backfill.engine.InputNames;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.engine.SqlSink;
import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Settings;
import java.io.File;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem sql}. */
@Command(
    name = "sql",
    description =
        "Asks Spark SQL of the events of files, decoded and cleaned as a backfill counts them;"
            + " needs no Kafka.",
    footer = {
      "",
      "Tables:",
      "  events      each event id once, rules applied; a column a field of the pipeline",
      "  raw_events  every event as it is read, repeats included, with _file and _line",
      "  rejected    what is no event: file, line, reason, error, record",
      "Times are in the pipeline's zone: hour(started_at) is the local hour.",
      "DESCRIBE events shows the columns."
    })
final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "QUERY",
      description = "a query, in quotes; several are answered in turn, an empty line between")
  private List<String> queries = new ArrayList<>();

  @Option(
      names = "--files",
      arity = "1",
      required = true,
      paramLabel = "GLOB",
      description =
          "files, folders or patterns, local or URIs (s3a://...); may be repeated; of an event"
              + " that several have, the last one's version counts")
  private List<String> files = new ArrayList<>();

  @Option(names = "--json", description = "one JSON object a line, decimals exact")
  private boolean json;

  @Option(names = "--csv", description = "CSV with a header; null is empty")
  private boolean csv;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: local[*], this machine)")
  private Optional<String> master = Optional.empty();

  @Override
  public Integer call() {
    if (json && csv) {
      throw TandemException.wrongUse("--json and --csv: choose one");
    }
    queries.stream().filter(query -> new File(query).isFile()).findFirst().ifPresent(this::noQuery);
    Settings settings = common.settings();
    PipelineText text = PipelineText.load(settings.configDir(), pipeline.name());
    List<String> inputs = InputNames.expand(text.definition(), files);
    PrintWriter out = spec.commandLine().getOut();
    try (Engine engine = Engine.start("sql", text, Map.of(), settings.spark(), master)) {
      EventTables tables = engine.tables(inputs);
      for (int i = 0; i < queries.size(); i++) {
        if (i > 0) {
          out.println();
        }
        tables.query(queries.get(i), sink(out));
        out.flush();
      }
    }
    return 0;
  }

  /** What a shell makes of a pattern that is not quoted. */
  private void noQuery(String file) {
    throw TandemException.wrongUse(
        "%s is a file, not a query: repeat --files before each, or quote the pattern, as in --files 'history/*.csv.gz'"
            .formatted(file));
  }

  private SqlSink sink(PrintWriter out) {
    return json ? new SqlJson(out) : csv ? new SqlCsv(out) : new SqlTable(out);
  }
}
