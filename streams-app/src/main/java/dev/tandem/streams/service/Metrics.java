package dev.tandem.streams.service;

import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.streams.topology.TaskBoard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The metrics of this process in Prometheus' format.
 *
 * <p>Per pipeline and partition of the log, since its first start: {@code tandem_events_read_total}
 * and {@code tandem_events_total} with {@code outcome} counted, claimed, duplicate or rejected; and
 * {@code tandem_events_parked}. Always: read = counted + claimed + duplicate + rejected + parked;
 * {@code tandem_ledger_balance} is the difference and must be 0. Beside these Kafka Streams' own
 * and the JVM's. A partition that is worked on elsewhere reads 0 here.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<AutoCloseable> bound = new CopyOnWriteArrayList<>();

  public Metrics() {
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(registry);
    bound.add(collections);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /** Adds a pipeline. */
  public void add(PipelineService service) {
    Tags pipeline = Tags.of("pipeline", service.pipeline().name());
    for (int partition = 0; partition < service.partitions(); partition++) {
      addPartition(service.board(), pipeline, partition);
    }
    FunctionCounter.builder("tandem.rows.published", service.board(), TaskBoard::publishedRows)
        .description("rows written to P.aggregates since the process started, with tombstones")
        .tags(pipeline)
        .register(registry);
    gauge(
        "tandem.committed.epoch",
        "newest epoch in all rows here",
        pipeline,
        service,
        s -> s.board().committedEpoch());
    gauge(
        "tandem.lag",
        "records not yet processed, NaN while not known",
        pipeline,
        service,
        s -> s.lag().map(Long::doubleValue).orElse(Double.NaN));
    gauge(
        "tandem.state.bytes",
        "RocksDB of all stores in this process, files and memory tables",
        pipeline,
        service,
        s -> s.report().stateBytes());
    latency(service, pipeline, HealthReport.Stage.EVENT_TO_APP);
    latency(service, pipeline, HealthReport.Stage.APP_TO_ROW);
    gauge(
        "tandem.restore.remaining",
        "offsets of changelogs still to be read back",
        pipeline,
        service,
        s -> s.restoration().map(p -> p.total() - p.done()).orElse(0L));
    gauge(
        "tandem.backfill.committed",
        "when the newest committed backfill ended, seconds since 1970; NaN when there is none",
        pipeline,
        service,
        s -> lastBackfill(s.runs()));
    gauge(
        "tandem.ready",
        "1 when queries are answered",
        pipeline,
        service,
        s -> s.health().ready() ? 1 : 0);
    if (service.decides()) {
      new DecisionMetrics(service, registry, pipeline).bind();
    }
    KafkaStreamsMetrics streams = new KafkaStreamsMetrics(service.streams(), pipeline);
    streams.bindTo(registry);
    bound.add(streams);
  }

  private void latency(PipelineService service, Tags pipeline, HealthReport.Stage stage) {
    Gauge.builder(
            "tandem.latency.seconds",
            service,
            s -> s.report().latencyMillis(stage).orElse(Double.NaN) / 1e3)
        .description("how old records are on the way, mean of the last minute; NaN without any")
        .tags(pipeline.and("stage", stage.label()))
        .register(registry);
  }

  private static double lastBackfill(RunLog runs) {
    return runs.runs().values().stream()
        .filter(Run::isCommitted)
        .map(Run::endedAt)
        .filter(Objects::nonNull)
        .mapToDouble(at -> Instant.parse(at).getEpochSecond())
        .max()
        .orElse(Double.NaN);
  }

  private void addPartition(TaskBoard board, Tags pipeline, int partition) {
    Tags tags = pipeline.and("partition", Integer.toString(partition));
    outcome(board, tags, partition, "counted", Ledger::counted);
    outcome(board, tags, partition, "claimed", Ledger::claimed);
    outcome(board, tags, partition, "duplicate", Ledger::duplicate);
    outcome(board, tags, partition, "rejected", Ledger::rejected);
    FunctionCounter.builder("tandem.events.read", board, b -> ledger(b, partition).read())
        .description("events read from the log, barriers apart")
        .tags(tags)
        .register(registry);
    gauge(
        "tandem.events.parked",
        "events that wait behind a barrier",
        tags,
        board,
        b -> ledger(b, partition).parked());
    gauge(
        "tandem.ledger.balance",
        "events read but not accounted for: 0",
        tags,
        board,
        b -> ledger(b, partition).difference());
    gauge(
        "tandem.generation",
        "last barrier passed",
        tags,
        board,
        b -> b.log(partition).map(TaskBoard.Log::generation).orElse(0L));
  }

  private void outcome(
      TaskBoard board, Tags tags, int partition, String outcome, ToLongFunction<Ledger> count) {
    FunctionCounter.builder("tandem.events", board, b -> count.applyAsLong(ledger(b, partition)))
        .description("events by what became of them")
        .tags(tags.and("outcome", outcome))
        .register(registry);
  }

  private <T> void gauge(
      String name, String description, Tags tags, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(description).tags(tags).register(registry);
  }

  private static Ledger ledger(TaskBoard board, int partition) {
    return board.log(partition).map(TaskBoard.Log::ledger).orElse(Ledger.ZERO);
  }

  /** What {@code GET /metrics} answers. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable b : bound) {
      b.close();
    }
    registry.close();
  }
}
