package dev.tandem.backfill;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.FirstHalf;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogRecord;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.SecondHalf;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The streams app in miniature: the two halves of the core over real topics, with stores in memory
 * and what goes between the halves in a list. It runs in a thread of its own and can be paused.
 */
final class MiniApp implements AutoCloseable {
  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final int partitions;
  private final TopicReader reader;
  private final RunLog runs;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;
  private final RowJson json;
  private final List<First> firsts = new ArrayList<>();
  private final List<SecondHalf> seconds = new ArrayList<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread;
  private volatile Throwable failure;

  MiniApp(PipelineDefinition pipeline, Map<String, String> kafka, int partitions) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.partitions = partitions;
    this.reader = new TopicReader(kafka);
    this.runs = new RunLog(kafka, topics);
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("transactional.id", "mini-" + topics.pipeline());
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.producer.initTransactions();
    this.admin = Admin.create(new HashMap<>(kafka));
    this.json = new RowJson(pipeline.zone());
    EventRows layouts = new EventRows(pipeline);
    for (int p = 0; p < partitions; p++) {
      firsts.add(new First(p));
      seconds.add(new SecondHalf(p, partitions, 0, layouts, new MemoryRows(), new Out(p), null));
    }
    this.thread = new Thread(this::run, "mini-app");
    this.thread.start();
  }

  void pause() {
    paused.set(true);
  }

  void resume() {
    paused.set(false);
  }

  Throwable failure() {
    return failure;
  }

  private void run() {
    try {
      while (!closed.get()) {
        if (!paused.get()) {
          step();
        }
        Thread.sleep(50);
      }
    } catch (Throwable e) {
      failure = e;
      e.printStackTrace();
    }
  }

  private void step() throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    for (First first : firsts) {
      TopicPartition log = new TopicPartition(topics.events(), first.partition);
      next(log, record -> first.half.onLog(logRecord(record)));
      next(new TopicPartition(topics.claims(), first.partition), first::claims);
      first.half.drain();
    }
    for (int p = 0; p < partitions; p++) {
      SecondHalf second = seconds.get(p);
      next(new TopicPartition(topics.corrections(), p), record -> correction(second, record));
    }
    seconds.forEach(second -> second.drain(System.currentTimeMillis()));
    producer.commitTransaction();
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    positions.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(topics.events())) {
            committed.put(partition, new OffsetAndMetadata(offset));
          }
        });
    admin.alterConsumerGroupOffsets(topics.applicationId(), committed).all().get();
  }

  private interface Sink {
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  private void next(TopicPartition partition, Sink sink) {
    long position = positions.getOrDefault(partition, 0L);
    long end = reader.end(partition);
    if (end > position) {
      reader.read(partition, position, end, sink::take);
    }
    positions.put(partition, end);
  }

  private static LogRecord logRecord(ConsumerRecord<byte[], byte[]> r) {
    Header barrier = r.headers().lastHeader(Topics.BARRIER_HEADER);
    return new LogRecord(
        r.offset(),
        r.timestamp(),
        r.key(),
        r.value(),
        barrier == null ? null : new String(barrier.value(), StandardCharsets.UTF_8));
  }

  private static void correction(SecondHalf second, ConsumerRecord<byte[], byte[]> record) {
    OptionalLong end = EndMarker.epoch(record.key());
    if (end.isPresent()) {
      second.onEnd(end.getAsLong());
    } else {
      second.onCorrection(RowKey.of(record.key()), record.value());
    }
  }

  @Override
  public void close() {
    closed.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
    reader.close();
    runs.close();
    admin.close();
  }

  private final class First {
    final int partition;
    final FirstHalf half;
    private final Map<ByteBuffer, byte[]> ids = new HashMap<>();
    private final ArrayDeque<LogRecord> parked = new ArrayDeque<>();

    First(int partition) {
      this.partition = partition;
      this.half =
          new FirstHalf(
              pipeline,
              partition,
              new LogEvents(pipeline, id -> Partitioning.ofEvent(id, partitions)),
              runs,
              new FirstHalf.Ids() {
                @Override
                public byte[] get(byte[] id) {
                  return ids.get(ByteBuffer.wrap(id));
                }

                @Override
                public void put(byte[] id, byte[] entry) {
                  ids.put(ByteBuffer.wrap(id), entry);
                }
              },
              new FirstHalf.Parking() {
                @Override
                public void add(LogRecord record) {
                  parked.add(record);
                }

                @Override
                public LogRecord removeFirst() {
                  return parked.remove();
                }
              },
              new FirstHalf.Output() {
                @Override
                public void contribution(RowKey key, Partial.Contribution contribution) {
                  seconds
                      .get(Partitioning.ofRow(key, partitions))
                      .onContribution(key, contribution.toBytes());
                }

                @Override
                public void progress(Partial.Progress progress) {
                  seconds.forEach(second -> second.onProgress(progress));
                }

                @Override
                public void reject(LogRecord record, RejectReason reason, String error) {
                  // What is rejected is the batch's to count.
                }
              },
              null);
    }

    void claims(ConsumerRecord<byte[], byte[]> record) {
      OptionalLong end = EndMarker.epoch(record.key());
      if (end.isPresent()) {
        half.onClaimsEnd(end.getAsLong());
      } else {
        half.onClaims(record.key(), Claims.read(Bytes.reader(record.value())));
      }
    }
  }

  private static final class MemoryRows implements SecondHalf.Rows {
    private final Map<RowKey, byte[]> rows = new HashMap<>();
    private final Set<RowKey> tagged = new HashSet<>();

    @Override
    public byte[] get(RowKey key) {
      return rows.get(key);
    }

    @Override
    public void put(RowKey key, byte @Nullable [] before, byte[] row) {
      rows.put(key, row);
    }

    @Override
    public void tagged(RowKey key, boolean isTagged) {
      if (isTagged) {
        tagged.add(key);
      } else {
        tagged.remove(key);
      }
    }

    @Override
    public Iterable<RowKey> tagged() {
      return List.copyOf(tagged);
    }
  }

  private final class Out implements SecondHalf.Output {
    private final int partition;

    Out(int partition) {
      this.partition = partition;
    }

    @Override
    public void row(RowKey key, LiveRow row, RowState served, long generation, RowState before) {
      AggregateDefinition aggregate = pipeline.aggregate(key.definitionId()).orElseThrow();
      byte[] value =
          served.isEmpty()
              ? null
              : json.value(aggregate, served, row.epoch(), row.corrected(), Instant.now());
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topics.aggregates(), partition, json.key(aggregate, key), value);
      if (value != null) {
        record.headers().add(Topics.STATE_HEADER, numberAndState(aggregate.id(), served));
      }
      if (before != null) {
        record.headers().add(Topics.STATE_BEFORE_HEADER, numberAndState(generation, before));
      }
      producer.send(record);
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) {
      producer.send(
          new ProducerRecord<>(
              topics.acknowledgements(),
              Integer.toString(partition).getBytes(StandardCharsets.US_ASCII),
              acknowledgement.toBytes()));
    }

    private static byte[] numberAndState(long number, RowState state) {
      Bytes out = Bytes.writer();
      out.putFixed(number);
      state.write(out);
      return out.toArray();
    }
  }
}
