package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.alert.AlertLog;
import dev.tandem.streams.feed.PublishedRows;
import dev.tandem.streams.peers.BlockCache;
import dev.tandem.streams.peers.LocalRows;
import dev.tandem.streams.peers.Questions;
import dev.tandem.streams.topology.TandemTopology;
import dev.tandem.streams.topology.TaskBoard;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipeline at work: its topics checked, its Kafka Streams client started, what others may know
 * of it. Thread-safe.
 */
public final class PipelineService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineService.class);
  private static final Duration CLOSE = Duration.ofSeconds(8);
  private static final long LOOK_MILLIS = 400;
  private static final long ALERTS_MILLIS = 500;
  private static final long BASELINES_MILLIS = 2_000;

  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final int partitions;
  private final Duration flushInterval;
  private final Map<String, String> kafka;
  private final Admin admin;
  private final RunLog runs;
  private final TaskBoard board = new TaskBoard();
  private final KafkaStreams streams;
  private final Restoration restoration;
  private final Watches watches = new Watches();
  private final Questions questions;
  private final KafkaWatch watch;
  private final LogRecount recount;
  private final BaselineTable baselines;
  private final AlertLog alerts;
  private final Watches slowWatches = new Watches();
  private final HealthReport report;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  private PipelineService(
      Settings settings,
      PipelineDefinition pipeline,
      Admin admin,
      int partitions,
      RunLog runs,
      BaselineTable baselines,
      HostInfo self,
      Origin origin) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.partitions = partitions;
    this.flushInterval = settings.get(Keys.FLUSH_INTERVAL);
    this.kafka = settings.kafka();
    this.admin = admin;
    this.runs = runs;
    this.baselines = baselines;
    TandemTopology.Options options =
        new TandemTopology.Options(
            partitions,
            flushInterval,
            settings.get(Keys.COMMIT_INTERVAL),
            settings.get(Keys.EVENT_ID_RETENTION),
            StreamsProperties.hasStandbys(settings));
    this.restoration = new Restoration(pipeline.name(), System::nanoTime);
    this.streams =
        client(
            TandemTopology.build(
                pipeline,
                options,
                runs,
                baselines,
                board,
                new StateLineage(admin, settings.kafka(), topics)),
            new StreamsConfig(
                StreamsProperties.of(settings, topics, self.host() + ":" + self.port())),
            new WatchedClients(topics.aggregates(), board.commits()));
    Membership membership = new Membership(streams, System::currentTimeMillis);
    Standbys standbys = new Standbys(streams, topics.corrections());
    watches.every(LOOK_MILLIS, membership::look);
    if (options.standbys()) {
      watches.every(LOOK_MILLIS, standbys::look);
    }
    this.questions =
        new Questions(
            streams,
            new LocalRows(
                streams,
                board,
                membership::proven,
                standbys::caughtUp,
                new BlockCache(settings.get(Keys.QUERY_MEMORY))),
            pipeline.name(),
            pipeline.zone(),
            topics.corrections(),
            partitions,
            self,
            Access.of(settings),
            settings.get(Keys.QUERY_GROUPS),
            () -> runs.runs().values());
    this.alerts = new AlertLog(settings.kafka(), topics.alerts(), pipeline.decisions().names());
    if (decides()) {
      slowWatches.every(ALERTS_MILLIS, alerts::look);
      slowWatches.every(BASELINES_MILLIS, baselines::refresh);
    }
    this.report = new HealthReport(this, streams, admin, settings.kafka(), topics);
    this.watch = new KafkaWatch(admin, topics, runs, origin.watch(), failure::complete);
    this.recount = new LogRecount(settings.kafka(), topics, board);
    streams.setGlobalStateRestoreListener(restoration);
    streams.setUncaughtExceptionHandler(
        new FailurePolicy(pipeline.name(), origin.folder(), failure::complete));
  }

  private static KafkaStreams client(
      Topology topology, StreamsConfig config, KafkaClientSupplier clients) {
    try {
      return new KafkaStreams(topology, config, clients);
    } catch (StreamsException e) {
      throw TandemException.failed(
          "Kafka Streams cannot begin in %s (%s): stop the streams app that uses it, or give another folder with --set state.dir=DIR"
              .formatted(config.getString(StreamsConfig.STATE_DIR_CONFIG), e.getMessage()),
          e);
    }
  }

  /**
   * Has an app that nobody runs count its events from the beginning at its next start.
   *
   * @param everything also forgets what backfills have said
   * @throws TandemException when it runs somewhere, or Kafka refuses
   */
  public static void rebuild(
      Settings settings, PipelineDefinition pipeline, boolean everything, Consumer<String> notice)
      throws InterruptedException {
    Rebuild.run(settings, pipeline, everything, notice);
  }

  /**
   * Waits for Kafka, makes the topics of a new pipeline or checks those of an old one, and starts.
   *
   * @param self where other instances find the HTTP server of this one
   * @param notice is told of every wait, for a person to read
   * @throws TandemException with what is wrong and what to do
   */
  public static PipelineService start(
      Settings settings, PipelineDefinition pipeline, HostInfo self, Consumer<String> notice)
      throws InterruptedException {
    Admin admin =
        KafkaConnection.connect(settings.kafka(), settings.get(Keys.CONNECT_TIMEOUT), notice);
    RunLog runs = null;
    BaselineTable baselines =
        new BaselineTable(
            settings.kafka(),
            Topics.of(pipeline).baselines(),
            settings.get(Keys.DECISIONS_BASELINE));
    try {
      Topics topics = Topics.of(pipeline);
      int partitions =
          new PipelineTopics(admin, pipeline, settings.get(Keys.TOPICS_REPLICATION))
              .ready(settings.get(Keys.PARTITIONS));
      runs = new RunLog(settings.kafka(), topics);
      runs.refresh();
      if (!pipeline.decisions().isEmpty()) {
        baselines.refresh();
      }
      Origin origin =
          Origin.find(admin, pipeline, partitions, settings.get(Keys.STATE_DIR).resolve("streams"));
      PipelineService service =
          new PipelineService(settings, pipeline, admin, partitions, runs, baselines, self, origin);
      service.begin(origin);
      service.watch.start();
      settings.get(Keys.LEDGER_RECOUNT).ifPresent(service.recount::start);
      LOG.atInfo()
          .addKeyValue("pipeline", pipeline.name())
          .addKeyValue("partitions", partitions)
          .addKeyValue("aggregates", pipeline.aggregates().size())
          .log("started");
      return service;
    } catch (RuntimeException e) {
      if (runs != null) {
        runs.close();
      }
      baselines.close();
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private void begin(Origin origin) {
    try {
      if (!origin.fits()) {
        LOG.warn(
            "{}: the state in {} is of changelogs that are gone: dropped, and read back from Kafka",
            pipeline.name(),
            origin.folder());
        streams.cleanUp();
      }
      origin.note();
      streams.start();
    } catch (RuntimeException e) {
      streams.close(Duration.ZERO);
      throw FailurePolicy.described(e, pipeline.name(), origin.folder());
    }
  }

  public PipelineDefinition pipeline() {
    return pipeline;
  }

  public Topics topics() {
    return topics;
  }

  /** Of the events topic, and of all topics keyed by event or row. */
  public int partitions() {
    return partitions;
  }

  public Duration flushInterval() {
    return flushInterval;
  }

  public TaskBoard board() {
    return board;
  }

  /** As of the last seconds. */
  public RunLog runs() {
    return runs;
  }

  /** Whether the pipeline declares decisions. */
  public boolean decides() {
    return !pipeline.decisions().isEmpty();
  }

  /** The baseline that the next hour is decided against; empty where there is none to use. */
  public Optional<String> nextBaseline() {
    return baselines.newest();
  }

  /** As of the last second; empty where nothing is decided. */
  public AlertLog alerts() {
    return alerts;
  }

  /** For the health page. */
  public HealthReport report() {
    return report;
  }

  public KafkaStreams streams() {
    return streams;
  }

  /** Asks the rows, wherever they are. */
  public Questions questions() {
    return questions;
  }

  /**
   * Begins to read what any instance publishes; to be closed.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  public PublishedRows publishedRows() {
    return PublishedRows.from(kafka, pipeline, topics.aggregates());
  }

  /** Records behind the end of the log, as of the last seconds; empty while not known. */
  public Optional<Long> lag() {
    return watch.lag();
  }

  /** Whether it works and answers, and if not, why. */
  public Health health() {
    KafkaStreams.State state = streams.state();
    if (failure.isDone()) {
      return new Health(
          false, false, state.name(), "stopped: " + FailurePolicy.message(failure.join()));
    }
    if (!watch.reachable()) {
      return new Health(true, false, state.name(), "Kafka does not answer, trying on");
    }
    Optional<String> ledger = board.problem().or(recount::problem);
    if (ledger.isPresent()) {
      return new Health(true, false, state.name(), "the ledger does not balance: " + ledger.get());
    }
    Optional<String> hanging = watch.hanging();
    if (hanging.isPresent()) {
      return new Health(true, false, state.name(), hanging.get());
    }
    boolean ready = state == KafkaStreams.State.RUNNING;
    return new Health(true, ready, state.name(), ready ? "" : waitsFor());
  }

  private String waitsFor() {
    return restoration
        .progress()
        .map(Restoration.Progress::text)
        .orElse("not running yet, or rebalancing");
  }

  /** How much state is still to be read back; empty when none is. */
  Optional<Restoration.Progress> restoration() {
    return restoration.progress();
  }

  /**
   * What health checks are told.
   *
   * @param live false when only a restart can help
   * @param ready whether queries are answered
   * @param state of Kafka Streams
   * @param detail empty when all is well
   */
  public record Health(boolean live, boolean ready, String state, String detail) {}

  /** Completes when the pipeline has stopped for good. */
  public CompletableFuture<Throwable> failure() {
    return failure;
  }

  /** Commits what was processed and stops; what comes later is taken up at the next start. */
  @Override
  public void close() {
    watch.close();
    watches.close();
    recount.close();
    if (!streams.close(CLOSE)) {
      LOG.warn(
          "{} did not stop in {} s: its last transaction is aborted and done again",
          pipeline.name(),
          CLOSE.toSeconds());
    }
    slowWatches.close();
    alerts.close();
    baselines.close();
    report.close();
    runs.close();
    admin.close(Duration.ofSeconds(1));
  }
}
