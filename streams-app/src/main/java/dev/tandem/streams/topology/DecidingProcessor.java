package dev.tandem.streams.topology;

import dev.tandem.core.decision.Alert;
import dev.tandem.core.decision.AlertJson;
import dev.tandem.core.decision.Baselines;
import dev.tandem.core.decision.ClosedHour;
import dev.tandem.core.decision.DecisionEngine;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Carries {@link DecisionEngine} in the one task that decides: closed hours of all partitions of
 * the log in, alerts out. A station's partner may be any other, so one task sees all.
 *
 * <p>Alerts follow from the closed hours of each partition in their order, whatever the order
 * between partitions; they are written in the transaction that commits the hours they rest on.
 */
final class DecidingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final byte[] BEGUN = {1};

  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final TandemTopology.Options options;
  private final Baselines baselines;
  private final DecisionBoard board;
  private final Lineage lineage;
  private final AlertJson json;

  // Made anew whenever the task is.
  private ProcessorContext<byte[], byte[]> context;
  private SavedState begun;
  private TakenInputs taken;
  private DecisionEngine engine;
  private CommitPace pace;
  private final List<Alert> uncommitted = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // init comes first
  DecidingProcessor(
      PipelineDefinition pipeline,
      TandemTopology.Options options,
      Baselines baselines,
      DecisionBoard board,
      Lineage lineage) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.options = options;
    this.baselines = baselines;
    this.board = board;
    this.lineage = lineage;
    this.json = new AlertJson(pipeline);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    KeyValueStore<byte[], byte[]> store = context.getStateStore(StateStores.DECISIONS);
    begun = new SavedState(store);
    taken =
        new TakenInputs(
            store,
            context.taskId().partition(),
            begun.get() == null,
            Set.of(topics.signals()),
            TakenInputs.others(topics, Set.of(topics.alerts()), StateStores.DECISIONS),
            lineage);
    uncommitted.clear();
    pace = new CommitPace(context, options.commitInterval());
    engine =
        new DecisionEngine(
            pipeline, options.partitions(), baselines, new StoredDecisions(store), this::write);
    CommitHook hook = context.getStateStore(StateStores.DECIDING_COMMIT);
    hook.beforeCommit(context, this::beforeCommit);
    board.decided(engine.evaluatedHour(), engine.baselineVersion());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (taken.take(context.recordMetadata().orElseThrow())) {
      pace.took(record.timestamp());
      engine.accept(ClosedHour.fromBytes(record.value()));
    }
  }

  private void write(Alert alert) {
    long now = context.currentSystemTimeMs();
    Headers headers = new RecordHeaders();
    headers.add(
        Topics.DECIDED_AT_HEADER,
        Instant.ofEpochMilli(now).toString().getBytes(StandardCharsets.UTF_8));
    context.forward(
        new Record<>(json.key(alert), json.value(alert), now, headers), TandemTopology.ALERTS);
    uncommitted.add(alert);
  }

  private void beforeCommit() {
    pace.committing();
    taken.save();
    engine.save();
    begun.save(BEGUN);
    uncommitted.forEach(a -> board.wrote(a.decision(), a.state() == Alert.State.RAISED));
    uncommitted.clear();
    board.decided(engine.evaluatedHour(), engine.baselineVersion());
  }

  @Override
  public void close() {
    board.decidingClosed();
  }
}
