package dev.tandem.streams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.streams.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem query}: the REST query as a table, JSON or CSV. */
@Command(
    name = "query",
    description =
        "Asks a running app for rows of an aggregate; prints a table unless told otherwise.")
public final class QueryCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "AGGREGATE", description = "the aggregate")
  private String aggregate;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "first window: a local date or date-time of the pipeline's zone")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "end of the windows, exclusive")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "D,…",
      description = "dimensions to keep, merging the others; --by= keeps none (default: all)")
  private Optional<String> by = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "D=V",
      description = "only rows with this value; may be repeated, for one dimension as either-or")
  private List<String> where = new ArrayList<>();

  @Option(
      names = "--roll",
      paramLabel = "W",
      description =
          "merge windows: none, hour, day, week, month, hour-of-day, day-of-week, hour-of-week")
  private Optional<String> roll = Optional.empty();

  @Option(names = "--top", paramLabel = "N", description = "the N rows with the largest --metric")
  private Optional<String> top = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "M",
      description = "order by this number, such as trips or duration_s.sum, largest first")
  private Optional<String> metric = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "at most N rows")
  private Optional<String> limit = Optional.empty();

  @ArgGroup private Format format = new Format();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the app (default: http://127.0.0.1:8080, of the settings http.host and .port)")
  private Optional<String> url = Optional.empty();

  /** One of them, or a table. */
  static final class Format {
    @Option(names = "--json", description = "the answer as it came")
    private boolean json;

    @Option(names = "--csv", description = "as CSV")
    private boolean csv;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings();
    ApiClient api = new ApiClient(url.orElseGet(() -> address(settings)), Access.of(settings));
    String path = "/api/v1/" + encoded(pipeline.name()) + "/aggregates";
    String hint =
        "start it with ./tandem up -p " + pipeline.name() + ", or name another with --url";
    PrintWriter out = spec.commandLine().getOut();
    if (format.json) {
      try (Reader body =
          new InputStreamReader(
              api.get(path + "/" + encoded(aggregate) + parameters(), hint),
              StandardCharsets.UTF_8)) {
        body.transferTo(out);
      }
      out.println();
      out.flush();
      return 0;
    }
    try (InputStream body = api.get(path + "/" + encoded(aggregate) + parameters(), hint)) {
      AnswerColumns columns = columns(api, path, hint);
      RowPrinter printer =
          format.csv
              ? new CsvPrinter(out, columns.columns())
              : new TextTable(out, columns.columns());
      boolean complete = columns.print(body, printer);
      if (!complete) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("incomplete: part of the rows could not be asked, or their past is not filled");
        err.flush();
      }
    }
    return 0;
  }

  /** Where the app of these settings listens. */
  static String address(Settings settings) {
    return Access.of(settings).scheme()
        + "://"
        + settings.get(Keys.HTTP_HOST)
        + ":"
        + settings.get(Keys.HTTP_PORT);
  }

  private AnswerColumns columns(ApiClient api, String path, String hint)
      throws IOException, InterruptedException {
    try (InputStream body = api.get(path, hint)) {
      for (JsonNode definition : JSON.readTree(body)) {
        if (definition.path("name").asText().equals(aggregate)) {
          return AnswerColumns.of(definition, by);
        }
      }
    }
    throw new IllegalStateException("rows of " + aggregate + " but no definition");
  }

  private String parameters() {
    List<String> all = new ArrayList<>();
    from.ifPresent(v -> all.add("from=" + encoded(v)));
    to.ifPresent(v -> all.add("to=" + encoded(v)));
    by.ifPresent(v -> all.add("by=" + encoded(v)));
    where.forEach(v -> all.add("where=" + encoded(v.replaceFirst("=", ":"))));
    roll.ifPresent(v -> all.add("roll=" + encoded(v)));
    top.ifPresent(v -> all.add("top=" + encoded(v)));
    metric.ifPresent(v -> all.add("metric=" + encoded(v)));
    limit.ifPresent(v -> all.add("limit=" + encoded(v)));
    return all.isEmpty() ? "" : "?" + String.join("&", all);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
