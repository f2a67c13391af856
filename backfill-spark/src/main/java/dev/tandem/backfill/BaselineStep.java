package dev.tandem.backfill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.backfill.engine.NewBaseline;
import dev.tandem.backfill.engine.Rows;
import dev.tandem.core.decision.BaselineRecords;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.TopicReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last step of a run, behind its commit: learns what is normal from the rows that the run
 * computed and those served outside its range, and publishes it as a version of {@code P.baselines}
 * named after the run's epoch, older versions but {@value #KEPT} taken away in the same
 * transaction. Its failure leaves the version before in use, and the run as it is.
 */
final class BaselineStep {
  /** Versions, the new one included: an app that was down for a night finds its own again. */
  private static final int KEPT = 3;

  private final Session session;
  private final RunWriter writer;
  private final PipelineDefinition pipeline;
  private final String topic;

  BaselineStep(Session session, RunWriter writer) {
    this.session = session;
    this.writer = writer;
    this.pipeline = session.pipeline().definition();
    this.topic = session.topics().baselines();
  }

  /**
   * @param run as it is committed
   * @return empty where no decision asks for it, or {@code decisions.learn} says no
   */
  Optional<BaselineOutcome> learn(Run run, Rows rows) {
    if (!session.cluster().learn() || pipeline.decisions().learned().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          session
              .phases()
              .run(
                  "learn",
                  "Learning what is normal by hour of the week",
                  session.engine()::progress,
                  () ->
                      rows.learn(session.offsets().ends(session.topics().aggregates()))
                          .map(learned -> publish(run, learned))
                          .orElseGet(BaselineOutcome::tooShort),
                  outcome -> outcome.isPublished() ? "published" : "nothing published"));
    } catch (RuntimeException e) {
      return Optional.of(BaselineOutcome.failed(run.epoch(), e));
    }
  }

  private BaselineOutcome publish(Run run, NewBaseline learned) {
    BaselineOutcome outcome = BaselineOutcome.published(run.id(), learned, pipeline.zone());
    List<byte[]> old = keysOfOld();
    ObjectNode json = outcome.json();
    List<Map.Entry<byte[], byte[]>> records =
        BaselineRecords.of(
            run.id(),
            json.get("from").asText(),
            json.get("to").asText(),
            learned.profiles(),
            learned.places());
    writer.transaction(
        () -> {
          old.forEach(key -> writer.send(topic, 0, key, null));
          records.forEach(r -> writer.send(topic, 0, r.getKey(), r.getValue()));
          ObjectNode report = run.report().deepCopy();
          report.set("learned", json);
          writer.send(run.withReport(report));
        });
    return outcome;
  }

  private List<byte[]> keysOfOld() {
    BaselineRecords there = new BaselineRecords();
    try (TopicReader reader = new TopicReader(session.kafka())) {
      reader.readAll(topic, record -> there.accept(record.key(), record.value()));
    }
    return there.keysOfOld(KEPT - 1, session.cluster().pinnedBaseline());
  }
}
