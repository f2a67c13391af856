package dev.tandem.streams.topology;

import dev.tandem.core.decision.Baselines;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Epochs;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The topology of a pipeline:
 *
 * <pre>
 * P.events, P.claims → first-half → partials-repartition, P.rejected
 * partials-repartition, P.corrections → second-half → P.aggregates, P.acknowledgements
 * </pre>
 *
 * and, where the pipeline declares decisions,
 *
 * <pre>
 * first-half → signals-repartition → deciding → P.alerts
 * </pre>
 *
 * One task a partition and half, and one that decides. A topic's records are read from where the
 * group's offsets say, and from nowhere else: where those records are gone the app stops instead of
 * passing over some. The topics of a half must have the same count of partitions, which Streams
 * does not check here: {@code TopicAdmin} does before a start.
 */
public final class TandemTopology {
  static final String LOG = "log";
  static final String FIRST_HALF = "first-half";
  static final String REJECTED = "rejected";
  static final String CORRECTIONS = "corrections";
  static final String SECOND_HALF = "second-half";
  static final String AGGREGATES = "aggregates";
  static final String ACKNOWLEDGEMENTS = "acknowledgements";

  static final String DECIDING = "deciding";
  static final String ALERTS = "alerts";

  private static final String PARTIALS = "partials";
  private static final String SIGNALS = "signals";

  /** Names that Kafka Streams makes of {@link #PARTIALS}. */
  static final String TO_PARTIALS = PARTIALS + "-repartition-filter";

  private static final String FROM_PARTIALS = PARTIALS + "-repartition-source";

  /** As for partials; sorts behind all other sources, so that the numbers of tasks stay. */
  static final String TO_SIGNALS = SIGNALS + "-repartition-filter";

  private static final String FROM_SIGNALS = SIGNALS + "-repartition-source";

  private TandemTopology() {}

  /**
   * How often Kafka Streams is to commit by itself, which is while old events are caught up on.
   *
   * @param commitInterval as in {@link Options}
   */
  public static Duration commitByItself(Duration commitInterval) {
    return commitInterval.compareTo(CommitPace.CATCHING_UP) > 0
        ? commitInterval
        : CommitPace.CATCHING_UP;
  }

  /**
   * What the topology depends on beside the definition.
   *
   * @param partitions of events, claims, partials and corrections
   * @param flushInterval a row is published at most once in it
   * @param commitInterval between commits of what is new, see {@link CommitPace}
   * @param idRetention how long event ids are remembered; empty: for ever
   * @param standbys whether there are standbys, who want to know that nothing has happened, too
   */
  public record Options(
      int partitions,
      Duration flushInterval,
      Duration commitInterval,
      Optional<Duration> idRetention,
      boolean standbys) {
    public Options {
      if (partitions < 1 || flushInterval.isNegative() || commitInterval.isNegative()) {
        throw new IllegalArgumentException(
            partitions + " partitions, " + flushInterval + ", " + commitInterval);
      }
    }
  }

  /**
   * Builds the topology, its tasks without a look at where their state comes from.
   *
   * @param epochs which backfills were started
   * @param board where its tasks show where they stand
   */
  public static Topology build(
      PipelineDefinition pipeline, Options options, Epochs epochs, TaskBoard board) {
    return build(pipeline, options, epochs, Baselines.NONE, board, Lineage.ANY);
  }

  /**
   * Builds the topology; touches nothing outside.
   *
   * @param epochs which backfills were started
   * @param baselines what is normal
   * @param board where its tasks show where they stand
   * @param lineage is asked by every task whether its state belongs to the topics
   */
  public static Topology build(
      PipelineDefinition pipeline,
      Options options,
      Epochs epochs,
      Baselines baselines,
      TaskBoard board,
      Lineage lineage) {
    Topics topics = Topics.of(pipeline);
    Serde<byte[]> bytes = Serdes.ByteArray();
    ByteArraySerializer serializer = new ByteArraySerializer();
    ByteArrayDeserializer deserializer = new ByteArrayDeserializer();

    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> first =
        builder.stream(
                List.of(topics.events(), topics.claims()),
                Consumed.with(bytes, bytes)
                    .withName(LOG)
                    .withOffsetResetPolicy(AutoOffsetReset.none()))
            .process(
                new WithStores(
                    () -> new FirstHalfProcessor(pipeline, options, epochs, board, lineage),
                    CommitHook.builder(StateStores.FIRST_HALF_COMMIT),
                    firstHalfStores(pipeline)),
                Named.as(FIRST_HALF));
    first.repartition(
        Repartitioned.with(bytes, bytes)
            .withName(PARTIALS)
            .withNumberOfPartitions(options.partitions())
            .withStreamPartitioner(new PartialsPartitioner(options.partitions())));
    boolean decides = !pipeline.decisions().isEmpty();
    if (decides) {
      first.repartition(
          Repartitioned.with(bytes, bytes).withName(SIGNALS).withNumberOfPartitions(1));
    }

    Topology topology =
        builder
            .build()
            .addSink(REJECTED, topics.rejected(), serializer, serializer, FIRST_HALF)
            .addSource(
                AutoOffsetReset.none(),
                CORRECTIONS,
                deserializer,
                deserializer,
                topics.corrections())
            .addProcessor(
                SECOND_HALF,
                new WithStores(
                    () -> new SecondHalfProcessor(pipeline, options, board, lineage),
                    CommitHook.builder(StateStores.SECOND_HALF_COMMIT),
                    List.of(
                        StateStores.ROWS,
                        StateStores.TAGGED_ROWS,
                        StateStores.DEFINITIONS,
                        StateStores.SECOND_HALF_STATE)),
                FROM_PARTIALS,
                CORRECTIONS)
            .addSink(AGGREGATES, topics.aggregates(), serializer, serializer, SECOND_HALF)
            .addSink(
                ACKNOWLEDGEMENTS, topics.acknowledgements(), serializer, serializer, SECOND_HALF);
    if (decides) {
      topology
          .addProcessor(
              DECIDING,
              new WithStores(
                  () ->
                      new DecidingProcessor(
                          pipeline, options, baselines, board.decisions(), lineage),
                  CommitHook.builder(StateStores.DECIDING_COMMIT),
                  List.of(StateStores.DECISIONS)),
              FROM_SIGNALS)
          .addSink(ALERTS, topics.alerts(), serializer, serializer, DECIDING);
    }
    return topology;
  }

  /** The stores of the first half, beside its commit hook. */
  static List<String> firstHalfStores(PipelineDefinition pipeline) {
    List<String> always =
        List.of(StateStores.EVENT_IDS, StateStores.PARKED, StateStores.FIRST_HALF_STATE);
    return pipeline.decisions().isEmpty()
        ? always
        : Stream.concat(always.stream(), Stream.of(StateStores.SIGNALS)).toList();
  }

  /** A processor together with its stores. */
  private static final class WithStores
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    private final ProcessorSupplier<byte[], byte[], byte[], byte[]> processors;
    private final Set<StoreBuilder<?>> stores;

    WithStores(
        ProcessorSupplier<byte[], byte[], byte[], byte[]> processors,
        StoreBuilder<?> hook,
        List<String> names) {
      this.processors = processors;
      this.stores =
          Stream.concat(Stream.of(hook), names.stream().map(StateStores::of))
              .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return processors.get();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return stores;
    }
  }
}
