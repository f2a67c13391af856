package dev.tandem.bench.stream;

import dev.tandem.bench.plain.Names;
import dev.tandem.bench.plain.RowTable;
import dev.tandem.bench.plain.RowText;
import dev.tandem.bench.plain.TripEvents;
import dev.tandem.bench.plain.TripTables;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that publishing these rows costs with Kafka's clients: two threads read events into
 * tables in memory, share the rows out between them, and publish those that changed together with
 * the offsets, in one transaction an interval. No engine: there is one process, rows are nowhere
 * but in its memory and in their topic, and nothing but this work can be done with it.
 */
public final class PlainJava {
  private static final int THREADS = 2;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String NAME = "plain-java";

  private final String bootstrap;
  private final String events;
  private final String output;
  private final long intervalNanos;
  private final int partitions;
  private final Producer<byte[], byte[]> producer;
  private final Names.Shared names = new Names.Shared();
  private final TripTables[] read = {new TripTables(), new TripTables()};
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new ConcurrentHashMap<>();
  private final CyclicBarrier allRead = new CyclicBarrier(THREADS);
  private final CyclicBarrier allSent = new CyclicBarrier(THREADS, this::commit);

  private PlainJava(String bootstrap, String events, String output, long intervalMs) {
    this.bootstrap = bootstrap;
    this.events = events;
    this.output = output;
    this.intervalNanos = Duration.ofMillis(intervalMs).toNanos();
    this.producer =
        new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer());
    this.partitions = producer.partitionsFor(output).size();
  }

  /**
   * @param args brokers, input topic, output topic, folder (not used), commit interval in
   *     milliseconds
   */
  public static void main(String[] args) {
    PlainJava java = new PlainJava(args[0], args[1], args[2], Long.parseLong(args[4]));
    java.producer.initTransactions();
    java.producer.beginTransaction();
    for (int t = 0; t < THREADS; t++) {
      int mine = t;
      Thread thread = new Thread(() -> java.run(mine), NAME + " " + t);
      thread.setUncaughtExceptionHandler(
          (failed, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
          });
      thread.start();
    }
  }

  private Map<String, Object> producing() {
    return Map.of(
        "bootstrap.servers",
        bootstrap,
        "transactional.id",
        NAME,
        "compression.type",
        "lz4",
        "batch.size",
        256 << 10,
        "linger.ms",
        50,
        "buffer.memory",
        64L << 20);
  }

  private Map<String, Object> consuming() {
    return Map.of(
        "bootstrap.servers",
        bootstrap,
        "group.id",
        NAME,
        "enable.auto.commit",
        false,
        "isolation.level",
        "read_committed",
        "auto.offset.reset",
        "earliest",
        "max.poll.records",
        4_000,
        "fetch.max.bytes",
        16 << 20,
        "max.partition.fetch.bytes",
        2 << 20);
  }

  /** For one thread: its partitions of events, and its half of the rows. */
  private void run(int thread) {
    TripEvents trips = new TripEvents(names);
    RowText text = new RowText(names);
    TripTables rows = new TripTables();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            consuming(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(events).stream()
              .map(p -> new TopicPartition(events, p.partition()))
              .filter(p -> p.partition() % THREADS == thread)
              .toList());
      while (!Thread.currentThread().isInterrupted()) {
        read(consumer, trips, read[thread]);
        allRead.await();
        for (int table = 0; table < rows.all().size(); table++) {
          publish(thread, table, rows.all().get(table), text);
        }
        allSent.await();
        read[thread].clear();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("a thread has ended", e);
    }
  }

  private void read(Consumer<byte[], byte[]> consumer, TripEvents trips, TripTables into) {
    long end = System.nanoTime() + intervalNanos;
    while (System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
        if (event.value() != null) {
          trips.add(event.value(), into);
        }
      }
    }
    for (TopicPartition partition : consumer.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
  }

  /** Adds what both have read of a thread's rows, and sends those that changed. */
  private void publish(int thread, int table, RowTable rows, RowText text) {
    BitSet changed = new BitSet();
    for (TripTables tables : read) {
      RowTable part = tables.all().get(table);
      for (int row = 0; row < part.size(); row++) {
        if (partition(part.key(row)) % THREADS == thread) {
          changed.set(rows.add(part, row));
        }
      }
    }
    for (int row = changed.nextSetBit(0); row >= 0; row = changed.nextSetBit(row + 1)) {
      long key = rows.key(row);
      producer.send(
          new ProducerRecord<>(
              output, partition(key), text.key(table, key), text.value(rows, row)));
    }
  }

  /** Both threads have sent; what they send next waits for this. */
  private void commit() {
    producer.sendOffsetsToTransaction(Map.copyOf(offsets), new ConsumerGroupMetadata(NAME));
    producer.commitTransaction();
    producer.beginTransaction();
  }

  /** Fibonacci hashing, of a row's key to the partition that it is published to. */
  private int partition(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32 & Integer.MAX_VALUE) % partitions;
  }
}
