package dev.tandem.backfill;

import dev.tandem.core.TandemException;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Refusals;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.EndMarker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a backfill. Making it fences every other backfill of the pipeline; once another
 * one does the same, each method here fails. Not thread-safe.
 */
final class RunWriter implements AutoCloseable {
  /** The broker allows 15 minutes; everything is computed before a transaction begins. */
  private static final String TRANSACTION_TIMEOUT_MS = "600000";

  /** Of barriers: whoever is killed while they are open holds back the live stream for as long. */
  private static final String BARRIERS_TIMEOUT_MS = "10000";

  private final Map<String, String> kafka;
  private final Topics topics;
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private boolean fenced;

  RunWriter(Map<String, String> kafka, Topics topics, int partitions) {
    this.kafka = kafka;
    this.topics = topics;
    this.partitions = partitions;
    producer = producer(topics.backfillTransactionalId(), TRANSACTION_TIMEOUT_MS);
    try {
      guarded(producer::initTransactions);
    } catch (RuntimeException e) {
      producer.close();
      throw e;
    }
  }

  private KafkaProducer<byte[], byte[]> producer(String transactionalId, String timeoutMs) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("linger.ms", "20");
    properties.put("batch.size", "262144");
    properties.put("compression.type", "lz4");
    properties.put("max.request.size", "4194304");
    properties.putAll(kafka);
    properties.put("transactional.id", transactionalId);
    properties.put("transaction.timeout.ms", timeoutMs);
    properties.put("acks", "all");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes in one transaction: all of it becomes visible, or nothing. */
  void transaction(Runnable writes) {
    guarded(producer::beginTransaction);
    try {
      writes.run();
      guarded(producer::commitTransaction);
    } catch (RuntimeException e) {
      abort(e);
      throw e;
    }
  }

  private void abort(RuntimeException because) {
    if (!fenced) {
      try {
        producer.abortTransaction();
      } catch (KafkaException alsoAborting) {
        because.addSuppressed(alsoAborting);
      }
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (KafkaException e) {
      fenced = isFenced(e);
      throw fenced
          ? TandemException.failed(
              "another backfill of %s took over: this one ends here, nothing of it is visible"
                  .formatted(topics.pipeline()),
              e)
          : Refusals.of(e);
    }
  }

  private static boolean isFenced(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(
            e ->
                e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException);
  }

  /** Whether another backfill has taken over. */
  boolean isFenced() {
    return fenced;
  }

  /** Within a transaction: a record to a partition; without a value a tombstone. */
  void send(String topic, int partition, byte[] key, byte @Nullable [] value) {
    guarded(() -> producer.send(new ProducerRecord<>(topic, partition, key, value)));
  }

  /** Within a transaction: closes the epoch's records in every partition of a topic. */
  void sendEndMarkers(String topic, long epoch) {
    for (int p = 0; p < partitions; p++) {
      send(topic, p, EndMarker.key(epoch), EndMarker.value(epoch));
    }
  }

  /** Within a transaction: the run as it is now. */
  void send(Run run) {
    send(topics.runs(), 0, run.id().getBytes(StandardCharsets.UTF_8), run.toBytes());
  }

  /** The run as it is now, in a transaction of its own. */
  void save(Run run) {
    transaction(() -> send(run));
  }

  /**
   * A barrier in every partition of the log, at once, by a producer of their own: its transaction
   * is the only one of a backfill that the live stream waits for.
   *
   * @return their offsets by partition: the cut
   */
  Map<Integer, Long> writeBarriers(long epoch) {
    Map<Integer, Future<RecordMetadata>> sent = new TreeMap<>();
    byte[] text = Long.toString(epoch).getBytes(StandardCharsets.US_ASCII);
    try (KafkaProducer<byte[], byte[]> barriers =
        producer(topics.barriersTransactionalId(), BARRIERS_TIMEOUT_MS)) {
      guarded(
          () -> {
            barriers.initTransactions();
            barriers.beginTransaction();
            for (int p = 0; p < partitions; p++) {
              ProducerRecord<byte[], byte[]> barrier =
                  new ProducerRecord<>(topics.events(), p, null, null);
              barrier.headers().add(Topics.BARRIER_HEADER, text);
              sent.put(p, barriers.send(barrier));
            }
            FailPoint.BACKFILL_BARRIERS_OPEN.reached();
            barriers.commitTransaction();
          });
    }
    Map<Integer, Long> cut = new TreeMap<>();
    sent.forEach((partition, future) -> cut.put(partition, Answers.await(future).offset()));
    return cut;
  }

  @Override
  public void close() {
    producer.close();
  }
}
