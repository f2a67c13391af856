package dev.tandem.backfill.engine;

import dev.tandem.backfill.engine.FileReading.InputFile;
import dev.tandem.backfill.report.EventCounts;
import dev.tandem.core.kafka.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Spark at work for one command: starts it, reads with it, stops it. */
public final class Engine implements AutoCloseable {
  private static final StorageLevel KEPT = StorageLevel.MEMORY_AND_DISK_SER();

  private final JavaSparkContext spark;
  private final PipelineText pipeline;
  private final Map<String, String> kafka;
  private final HashPartitioner partitioner;

  private Engine(JavaSparkContext spark, PipelineText pipeline, Map<String, String> kafka) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.kafka = kafka;
    this.partitioner = new HashPartitioner(partitions(spark));
  }

  private static int partitions(JavaSparkContext spark) {
    String key = "spark.default.parallelism";
    return spark.getConf().contains(key)
        ? spark.getConf().getInt(key, 0)
        : Math.max(8, 2 * spark.defaultParallelism());
  }

  /**
   * Starts Spark, in this JVM unless a master is given.
   *
   * @param kafka properties of every Kafka client
   * @param properties of Spark, under its own names; they win over ours
   * @param master where to run; empty: every core of this machine, or what the properties say
   */
  public static Engine start(
      String name,
      PipelineText pipeline,
      Map<String, String> kafka,
      Map<String, String> properties,
      Optional<String> master) {
    SparkConf conf =
        new SparkConf()
            .setAppName("tandem " + name + " " + pipeline.name())
            .setIfMissing("spark.master", "local[*]")
            .set("spark.ui.enabled", "false")
            .set("spark.ui.showConsoleProgress", "false")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrator", KryoTypes.class.getName())
            .set("spark.kryo.referenceTracking", "false")
            .set("spark.sql.warehouse.dir", warehouse());
    properties.forEach(conf::set);
    master.ifPresent(conf::setMaster);
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return new Engine(new JavaSparkContext(conf), pipeline, kafka);
  }

  /** Where a query's own tables would go; Spark's default is a folder wherever it is started. */
  private static String warehouse() {
    return Path.of(System.getProperty("java.io.tmpdir"), "tandem-warehouse").toUri().toString();
  }

  /**
   * Everything that files, log and claims say, by event id. Reads at once.
   *
   * @param files local paths and URIs, in order: of an id that several have, the last one decides
   * @param archive what is read of the log from there; the log follows
   * @param from by partition of the log, where reading begins, or behind the archive
   * @param to by partition, where it ends, exclusive
   * @param claims by partition, the end of the claims to read; empty: they are not needed
   */
  public Events read(
      List<String> files,
      ArchivedLog archive,
      Map<Integer, Long> from,
      Map<Integer, Long> to,
      Map<Integer, Long> claims) {
    Topics topics = Topics.of(pipeline.definition());
    PerPartition<FileReading.Read> filesRead = new PerPartition<>(spark);
    PerPartition<EventCounts> archiveCounts = new PerPartition<>(spark);
    PerPartition<EventCounts> logCounts = new PerPartition<>(spark);
    LogReading log = logReading(to.size());
    JavaPairRDD<String, EventVersions> all =
        files(files, filesRead)
            .union(archivedEvents(log, archive, archiveCounts))
            .union(logEvents(log, topics, behind(archive, from), to, logCounts))
            .union(
                slices(LogSplit.of(topics.claims(), Map.of(), claims))
                    .mapPartitionsToPair(log::claims));
    Packed<String, EventVersions> byId = merge(all).persist();
    long ids = byId.count();
    List<FileReading.Read> read = filesRead.values();
    return new Events(
        this,
        byId,
        ids,
        read.stream().map(FileReading.Read::counts).reduce(EventCounts.NONE, EventCounts::plus),
        sum(archiveCounts).plus(sum(logCounts)),
        read.stream().map(FileReading.Read::input).toList());
  }

  /**
   * The events of files as tables of Spark SQL.
   *
   * @param files local paths and URIs, in order: of an id that several have, the last one decides
   */
  public EventTables tables(List<String> files) {
    return EventTables.of(this, files, merge(files(files, new PerPartition<>(spark))).pairs());
  }

  /**
   * What the events of files have to say to decisions. Reads when it is asked.
   *
   * @param files local paths and URIs, in order: of an id that several have, the last one decides
   */
  public HourlySignals hourlySignals(List<String> files) {
    HourlyReading reading = new HourlyReading(pipeline);
    return new HourlySignals(
        merge(files(files, new PerPartition<>(spark)))
            .pairs()
            .mapPartitionsToPair(reading::events)
            .union(slices(InputFile.of(files)).flatMapToPair(reading::rejected)));
  }

  /** Spark SQL in the pipeline's time zone. */
  SparkSession sql() {
    return SparkSession.builder()
        .sparkContext(spark.sc())
        .config("spark.sql.session.timeZone", pipeline.definition().zone().getId())
        .config("spark.sql.datetime.java8API.enabled", true)
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .config("spark.sql.shuffle.partitions", partitioner.numPartitions())
        .getOrCreate();
  }

  private JavaPairRDD<String, EventVersions> files(
      List<String> names, PerPartition<FileReading.Read> reports) {
    FileReading reading = new FileReading(pipeline);
    return slices(InputFile.of(names)).flatMapToPair(file -> reading.events(file, reports));
  }

  private JavaPairRDD<String, EventVersions> logEvents(
      LogReading log,
      Topics topics,
      Map<Integer, Long> from,
      Map<Integer, Long> to,
      PerPartition<EventCounts> counts) {
    return slices(LogSplit.of(topics.events(), from, to))
        .mapPartitionsToPair(splits -> log.events(splits, counts));
  }

  private JavaPairRDD<String, EventVersions> archivedEvents(
      LogReading log, ArchivedLog archive, PerPartition<EventCounts> counts) {
    if (archive.files().isEmpty()) {
      return JavaPairRDD.fromJavaRDD(spark.emptyRDD());
    }
    return sql()
        .read()
        .schema(ArchiveColumns.RECORD)
        .parquet(archive.files().toArray(String[]::new))
        .javaRDD()
        .mapPartitionsToPair(rows -> log.archived(rows, counts));
  }

  private static Map<Integer, Long> behind(ArchivedLog archive, Map<Integer, Long> from) {
    Map<Integer, Long> behind = new HashMap<>(from);
    archive.to().forEach((partition, end) -> behind.merge(partition, end, Math::max));
    return behind;
  }

  /**
   * Copies a stretch of the log into Parquet files, a folder for each day of events.
   *
   * @param from by partition, where it begins
   * @param to by partition, its end, exclusive
   * @param target an empty folder
   * @return how many records there are
   */
  public long archive(Map<Integer, Long> from, Map<Integer, Long> to, Path target) {
    List<LogSplit> splits = LogSplit.of(Topics.of(pipeline.definition()).events(), from, to);
    return new ArchiveWriter(this).write(splits, to.size(), target);
  }

  private Packed<String, EventVersions> merge(JavaPairRDD<String, EventVersions> parts) {
    return move(parts).merge(EventVersions::merge);
  }

  private Packed<String, EventVersions> move(JavaPairRDD<String, EventVersions> parts) {
    return Packed.move(parts, new Codecs.Versions(), partitioner);
  }

  /** {@code events} and what more of the log says. Reads at once. */
  Events plusLog(Events events, Map<Integer, Long> from, Map<Integer, Long> to) {
    Topics topics = Topics.of(pipeline.definition());
    PerPartition<EventCounts> counts = new PerPartition<>(spark);
    Packed<String, EventVersions> more =
        move(logEvents(logReading(to.size()), topics, from, to, counts));
    Packed<String, EventVersions> byId =
        events.packed().union(more).merge(EventVersions::merge).persist();
    long ids = byId.count();
    events.close();
    return new Events(
        this,
        byId,
        ids,
        events.fileCounts(),
        events.logCounts().plus(sum(counts)),
        events.inputs());
  }

  private static EventCounts sum(PerPartition<EventCounts> counts) {
    return counts.values().stream().reduce(EventCounts.NONE, EventCounts::plus);
  }

  LogReading logReading(int logPartitions) {
    return new LogReading(pipeline, kafka, logPartitions);
  }

  /** One element a task. */
  <T> JavaRDD<T> slices(List<T> elements) {
    return elements.isEmpty() ? spark.emptyRDD() : spark.parallelize(elements, elements.size());
  }

  PipelineText pipeline() {
    return pipeline;
  }

  JavaSparkContext spark() {
    return spark;
  }

  HashPartitioner partitioner() {
    return partitioner;
  }

  static StorageLevel kept() {
    return KEPT;
  }

  /** How far the work at hand is, for a person: {@code "14 of 25 tasks"}; empty between jobs. */
  public Optional<String> progress() {
    int tasks = 0;
    int done = 0;
    for (int stage : spark.statusTracker().getActiveStageIds()) {
      SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
      if (info != null) {
        tasks += info.numTasks();
        done += info.numCompletedTasks();
      }
    }
    return tasks == 0 ? Optional.empty() : Optional.of(done + " of " + tasks + " tasks");
  }

  @Override
  public void close() {
    spark.close();
  }
}
