package dev.tandem.core.kafka;

import dev.tandem.core.definition.PipelineDefinition;

/** The names of a pipeline's topics. */
public record Topics(String pipeline) {
  /** Header of a barrier; the value is the epoch in decimal digits. */
  public static final String BARRIER_HEADER = "tandem-barrier";

  /**
   * Header of a row of {@code P.aggregates}: definition id (8 bytes) and the exact binary state.
   */
  public static final String STATE_HEADER = "tandem-state";

  /**
   * Header of a row of {@code P.aggregates} that has changed since the newest barrier: that epoch
   * (8 bytes) and the binary state as of the barrier.
   */
  public static final String STATE_BEFORE_HEADER = "tandem-state-before";

  /** Headers of a rejected record, texts. */
  public static final String REASON_HEADER = "tandem-reason";

  public static final String ERROR_HEADER = "tandem-error";
  public static final String SOURCE_HEADER = "tandem-source";

  /**
   * Header of a rejected row of a CSV file: the file's header record, as it is written there, which
   * it takes to decode the row again.
   */
  public static final String COLUMNS_HEADER = "tandem-columns";

  /** Header of an alert: when it was decided, ISO-8601; all else in it follows from the log. */
  public static final String DECIDED_AT_HEADER = "tandem-decided-at";

  public static Topics of(PipelineDefinition pipeline) {
    return new Topics(pipeline.name());
  }

  public String events() {
    return pipeline + ".events";
  }

  public String rejected() {
    return pipeline + ".rejected";
  }

  public String corrections() {
    return pipeline + ".corrections";
  }

  public String claims() {
    return pipeline + ".claims";
  }

  public String aggregates() {
    return pipeline + ".aggregates";
  }

  public String runs() {
    return pipeline + ".runs";
  }

  public String alerts() {
    return pipeline + ".alerts";
  }

  public String baselines() {
    return pipeline + ".baselines";
  }

  public String progress() {
    return pipeline + ".progress";
  }

  /** Internal: acknowledgements by partition. */
  public String acknowledgements() {
    return pipeline + ".acknowledgements";
  }

  /** Application id, consumer group and prefix of the internal topics of the streams app. */
  public String applicationId() {
    return "tandem-" + pipeline;
  }

  /**
   * Internal: the contributions on their way from the first half to the second; made and purged by
   * Kafka Streams.
   */
  public String partials() {
    return applicationId() + "-partials-repartition";
  }

  /**
   * Internal: hours of event time that are closed in a partition of the log, on their way from the
   * first half to where it is decided; made and purged by Kafka Streams, one partition.
   */
  public String signals() {
    return applicationId() + "-signals-repartition";
  }

  /**
   * Internal: where the first half stands, with its ledger, by partition; a changelog of Kafka
   * Streams.
   */
  public String ledger() {
    return applicationId() + "-first-half-state-changelog";
  }

  /** Internal: what Kafka Streams keeps of a store, so that it can be read back. */
  public String changelog(String store) {
    return applicationId() + "-" + store + "-changelog";
  }

  /** Fences all other backfills of the pipeline. */
  public String backfillTransactionalId() {
    return "tandem-backfill-" + pipeline;
  }

  /** Fences who writes barriers of the pipeline at the same time. */
  public String barriersTransactionalId() {
    return "tandem-barriers-" + pipeline;
  }
}
