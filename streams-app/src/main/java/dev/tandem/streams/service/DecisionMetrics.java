package dev.tandem.streams.service;

import dev.tandem.core.definition.Decision;
import dev.tandem.streams.topology.DecisionBoard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.OptionalLong;

/**
 * The metrics of a pipeline's decisions: {@code tandem_alerts_total} with {@code state} raised or
 * cleared, written here; {@code tandem_alerts_open}, the same in every instance; {@code
 * tandem_decisions_late_total}, contributions that came after their hour was closed; and how far
 * event time is decided.
 */
record DecisionMetrics(PipelineService service, MeterRegistry registry, Tags pipeline) {
  void bind() {
    for (Decision decision : service.pipeline().decisions().all()) {
      Tags tags = pipeline.and("decision", decision.name());
      written(tags.and("state", "raised"), decision.name(), true);
      written(tags.and("state", "cleared"), decision.name(), false);
      Gauge.builder("tandem.alerts.open", service.alerts(), a -> a.open(decision.name()))
          .description("alerts that hold now, as P.alerts has them")
          .tags(tags)
          .register(registry);
    }
    DecisionBoard board = service.board().decisions();
    for (int p = 0; p < service.partitions(); p++) {
      int partition = p;
      FunctionCounter.builder("tandem.decisions.late", board, b -> b.late(partition))
          .description("contributions to hours that were closed for decisions before they came")
          .tags(pipeline.and("partition", Integer.toString(p)))
          .register(registry);
    }
    Gauge.builder("tandem.decisions.watermark.seconds", board, DecisionMetrics::watermark)
        .description("event time, seconds since the epoch, up to which it is decided here")
        .tags(pipeline)
        .register(registry);
  }

  private void written(Tags tags, String decision, boolean raised) {
    FunctionCounter.builder(
            "tandem.alerts", service.board().decisions(), b -> b.written(decision, raised))
        .description("alerts written since the process started")
        .tags(tags)
        .register(registry);
  }

  /** The end of the last hour that was decided; not a number where that happens elsewhere. */
  private static double watermark(DecisionBoard board) {
    OptionalLong hour =
        board.decided().map(DecisionBoard.Decided::hour).orElse(OptionalLong.empty());
    return hour.isEmpty() ? Double.NaN : hour.getAsLong() / 1_000.0 + 3_600;
  }
}
