package dev.tandem.backfill;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.engine.Recheck;
import dev.tandem.backfill.report.ReportTable;
import dev.tandem.core.TandemException;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem verify}. */
@Command(
    name = "verify",
    description =
        "Recomputes rows and compares them with what is served, one by one, and the app's ledger"
            + " with the log; exit status 1 on any difference.")
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Inputs inputs = new Inputs();

  @Option(
      names = "--list",
      paramLabel = "N",
      description = "name at most so many of the rows that differ (default: ${DEFAULT-VALUE})")
  private int list = 1000;

  @Override
  public Integer call() {
    if (list < 0) {
      throw TandemException.wrongUse("--list " + list + ": give 0 or more");
    }
    Settings settings = inputs.common().settings();
    PipelineText pipeline = inputs.pipeline(settings);
    VerifyRequest request =
        new VerifyRequest(
            pipeline,
            inputs.files(pipeline),
            inputs.range(pipeline),
            inputs.source(),
            settings.get(Keys.ACK_TIMEOUT),
            list);
    PrintWriter out = spec.commandLine().getOut();
    VerifyResult result = VerifyAction.run(request, inputs.cluster(settings), new Phases(out));
    print(pipeline.definition(), result, out);
    return result.total().different() == 0 && result.ledger().balances() ? 0 : 1;
  }

  private static void print(PipelineDefinition pipeline, VerifyResult result, PrintWriter out) {
    VerifyResult.Aggregate t = result.total();
    if (!result.first().isEmpty()) {
      out.println();
      out.println("rows that are different (served -> right)");
      ReportTable table = new ReportTable(pipeline);
      for (Recheck.Row row : result.first()) {
        AggregateDefinition aggregate = pipeline.aggregate(row.key().definitionId()).orElseThrow();
        out.println(
            "  %s %s: %s"
                .formatted(
                    aggregate.name(),
                    table.place(aggregate, row.key()),
                    ReportTable.change(aggregate, row.served(), row.expected())));
      }
      if (t.different() > result.first().size()) {
        out.println(
            BatchSteps.text(
                "  and %,d more: --list N names more of them",
                t.different() - result.first().size()));
      }
    }
    out.println();
    int width = result.aggregates().stream().mapToInt(a -> a.name().length()).max().orElse(1);
    String line = "%-" + width + "s  %,11d rows compared, %,d different, %,d moving";
    for (VerifyResult.Aggregate a : result.aggregates()) {
      out.println(BatchSteps.text(line, a.name(), a.compared(), a.different(), a.moving()));
    }
    if (!result.ledger().states().isEmpty()) {
      out.println("ledger: " + result.ledger().line());
    }
    if (t.different() == 0) {
      out.println(
          BatchSteps.text(
              "Proved: %,d windows, 0 differences%s",
              t.compared() - t.moving(),
              t.moving() == 0 ? "" : " (the moving ones are not judged)"));
    }
    out.println(
        BatchSteps.text(
            "%,d rows compared, %,d different, %,d moving",
            t.compared(), t.different(), t.moving()));
    out.flush();
  }
}
