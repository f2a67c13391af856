package dev.tandem.replay.fetch;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.replay.merge.Interrupted;
import dev.tandem.replay.meter.Meter;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem fetch}. */
@Command(
    name = "fetch",
    description =
        "A pipeline's published monthly files from their publisher, which its origin names; needs"
            + " the internet. Run again, it goes on where it stopped.")
public final class FetchCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(
      names = "--months",
      paramLabel = "FIRST..LAST",
      required = true,
      description = "both inclusive: 2016-07..2018-03; or one month")
  private String months = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder for the files; made when it is not there")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    Months wanted = Months.parse(months);
    Settings settings = common.settings();
    String template =
        PipelineLoader.origin(settings.configDir(), pipeline)
            .history()
            .orElseThrow(
                () ->
                    TandemException.wrongUse(
                        "Pipeline "
                            + pipeline
                            + " does not say where its history is published: add origin:"
                            + " {history: \"https://HOST/{yyyy}_{MM}.csv\"} to it"));
    makeFolder();
    Download.Patience patience =
        new Download.Patience(settings.get(Keys.SOURCE_IDLE), settings.get(Keys.SOURCE_RETRY_MOST));
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.idle())
            .build();
    List<Download.Result> results = new ArrayList<>();
    for (YearMonth month : wanted.all()) {
      results.add(fetch(client, PublishedFile.of(template, month), patience));
    }
    return summary(results);
  }

  private void makeFolder() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw TandemException.wrongUse("--out " + out + " is no folder, and cannot be made one", e);
    }
  }

  private Download.Result fetch(HttpClient client, PublishedFile file, Download.Patience patience) {
    PrintWriter text = spec.commandLine().getOut();
    Download.Result result;
    try (Meter meter = Meter.of(file.name(), "bytes", text)) {
      result = new Download(client, file, out, patience, meter).run();
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
    if (result.outcome() != Download.Outcome.NOT_PUBLISHED) {
      text.println(file.name() + ": " + result.text());
      text.flush();
    }
    return result;
  }

  /** Files that are missing are said last, where they are seen. */
  private int summary(List<Download.Result> results) {
    PrintWriter text = spec.commandLine().getOut();
    long bytes = results.stream().mapToLong(Download.Result::bytes).sum();
    text.printf(
        "done: %,d fetched, %,d here already, %,d not published; %,d bytes in %s%n",
        count(results, Download.Outcome.FETCHED),
        count(results, Download.Outcome.COMPLETE),
        count(results, Download.Outcome.NOT_PUBLISHED),
        bytes,
        out);
    text.flush();
    List<String> missing =
        results.stream()
            .filter(r -> r.outcome() == Download.Outcome.NOT_PUBLISHED)
            .map(Download.Result::text)
            .toList();
    if (!missing.isEmpty()) {
      throw TandemException.failed(
          "Not published: %s; check --months, and history in the origin of pipeline %s"
              .formatted(String.join(", ", missing), pipeline));
    }
    return 0;
  }

  private static long count(List<Download.Result> results, Download.Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }
}
