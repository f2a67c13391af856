package dev.tandem.streams.topology;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.config.Home;
import dev.tandem.core.decision.Baselines;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.Epochs;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology over the test driver, one partition; times are wall-clock. */
final class TopologyHarness implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration FLUSH = Duration.ofSeconds(1);
  private static final Duration COMMIT = Duration.ofMillis(200);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  final PipelineDefinition pipeline;
  final Topics topics;
  final TaskBoard board = new TaskBoard();
  final Map<Long, TimeRange> epochs = new HashMap<>();

  /** Where barriers are known to lie, by epoch. */
  final Map<Long, Long> barriers = new HashMap<>();

  final TopologyTestDriver driver;

  static TandemTopology.Options options(int partitions, Optional<Duration> idRetention) {
    return new TandemTopology.Options(partitions, FLUSH, COMMIT, idRetention, false);
  }

  TopologyHarness(Path stateDir) {
    this(stateDir, Optional.empty());
  }

  TopologyHarness(Path stateDir, String pipeline) {
    this(stateDir, pipeline, Optional.empty());
  }

  /**
   * @param idRetention empty: for ever
   */
  TopologyHarness(Path stateDir, Optional<Duration> idRetention) {
    this(stateDir, "biketown", idRetention);
  }

  private TopologyHarness(Path stateDir, String name, Optional<Duration> idRetention) {
    this(
        stateDir,
        PipelineLoader.load(Home.find().resolve("config"), name),
        idRetention,
        Baselines.NONE);
  }

  TopologyHarness(Path stateDir, PipelineDefinition pipeline, Baselines baselines) {
    this(stateDir, pipeline, Optional.empty(), baselines);
  }

  private TopologyHarness(
      Path stateDir,
      PipelineDefinition pipeline,
      Optional<Duration> idRetention,
      Baselines baselines) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    driver =
        new TopologyTestDriver(
            TandemTopology.build(
                pipeline, options(1, idRetention), new Known(), baselines, board, Lineage.ANY),
            properties,
            START);
  }

  /** Every definition of the pipeline. */
  private Scope scope(TimeRange range) {
    return new Scope(
        range,
        pipeline.aggregates().stream().map(AggregateDefinition::id).collect(Collectors.toSet()));
  }

  private final class Known implements Epochs {
    @Override
    public Optional<Scope> scope(long epoch) {
      return Optional.ofNullable(epochs.get(epoch)).map(TopologyHarness.this::scope);
    }

    @Override
    public OptionalLong barrier(long epoch, int partition) {
      Long offset = barriers.get(epoch);
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Pipes any record into the log. */
  void log(byte[] key, byte[] value, Headers headers) {
    input(topics.events()).pipeInput(new TestRecord<>(key, value, headers, START));
  }

  /** Pipes an event, keyed as it must be. */
  void event(String id, String startedAt, String more) {
    log(utf8(id), trip(id, startedAt, more), new RecordHeaders());
  }

  /** Pipes an event whose append was at another time. */
  void eventAppended(Instant append, String id, String startedAt) {
    input(topics.events())
        .pipeInput(
            new TestRecord<>(utf8(id), trip(id, startedAt, ""), new RecordHeaders(), append));
  }

  static byte[] trip(String id, String startedAt, String more) {
    return utf8(
        "{\"trip_id\":\"%s\",\"started_at\":\"%s\"%s}"
            .formatted(id, startedAt, more.isEmpty() ? "" : "," + more));
  }

  void barrier(long epoch) {
    Headers headers = new RecordHeaders();
    headers.add(Topics.BARRIER_HEADER, utf8(Long.toString(epoch)));
    log(null, null, headers);
  }

  void claim(String id, Claims claims) {
    Bytes value = Bytes.writer();
    claims.write(value);
    input(topics.claims()).pipeInput(utf8(id), value.toArray());
  }

  void claimsEnd(long epoch) {
    input(topics.claims()).pipeInput(EndMarker.key(epoch), EndMarker.value(epoch));
  }

  void correction(byte[] key, byte[] value) {
    input(topics.corrections()).pipeInput(key, value);
  }

  void correctionsEnd(long epoch) {
    correction(EndMarker.key(epoch), EndMarker.value(epoch));
  }

  void later(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** New records of {@code P.aggregates} as {@code aggregate window {key}} to value or null. */
  Map<String, JsonNode> published() {
    Map<String, JsonNode> rows = new LinkedHashMap<>();
    for (TestRecord<byte[], byte[]> r : read(topics.aggregates())) {
      JsonNode key = json(r.key());
      rows.put(
          key.get("aggregate").asText() + " " + key.get("window").asText() + " " + key.get("key"),
          r.value() == null ? null : json(r.value()));
    }
    return rows;
  }

  List<Acknowledgement> acknowledgements() {
    return read(topics.acknowledgements()).stream()
        .map(r -> Acknowledgement.fromBytes(r.value()))
        .toList();
  }

  static JsonNode json(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
  }
}
