package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.Bytes;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import org.apache.spark.Aggregator;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;
import scala.Product2;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Pairs by the partition of their key, many in one array of bytes: Spark moves and keeps some
 * arrays, and does not serialize each pair by itself. The key of an array is the partition's
 * number, which a {@link HashPartitioner} places like the keys of the pairs in it.
 */
final class Packed<K, V> {
  /** An array is closed when it has so many bytes; a task fills one a partition. */
  private static final int FULL = 1 << 16;

  private final JavaPairRDD<Integer, byte[]> arrays;
  private final Codec<K, V> codec;
  private final HashPartitioner partitioner;

  /** How a pair is written. */
  interface Codec<K, V> extends Serializable {
    void write(K key, V value, Bytes out);

    Tuple2<K, V> read(Bytes in);
  }

  private Packed(
      JavaPairRDD<Integer, byte[]> arrays, Codec<K, V> codec, HashPartitioner partitioner) {
    this.arrays = arrays;
    this.codec = codec;
    this.partitioner = partitioner;
  }

  /** Moves pairs to the partitions of their keys. */
  static <K, V> Packed<K, V> move(
      JavaPairRDD<K, V> pairs, Codec<K, V> codec, HashPartitioner partitioner) {
    JavaPairRDD<Integer, byte[]> arrays =
        pairs.mapPartitionsToPair(all -> new Packing<>(all, codec, partitioner));
    return new Packed<>(arrays.partitionBy(partitioner), codec, partitioner);
  }

  /** Pairs that are in the partitions of their keys already. */
  static <K, V> Packed<K, V> inPlace(
      JavaPairRDD<K, V> pairs, Codec<K, V> codec, HashPartitioner partitioner) {
    return new Packed<>(
        pairs.mapPartitionsToPair(all -> new Packing<>(all, codec, partitioner), true),
        codec,
        partitioner);
  }

  /** These and others of the same partitioner; nothing moves. */
  Packed<K, V> union(Packed<K, V> others) {
    return new Packed<>(arrays.union(others.arrays), codec, partitioner);
  }

  /** One pair a key; what does not fit into memory goes to Spark's temporary files. */
  Packed<K, V> merge(Function2<V, V, V> merge) {
    Codec<K, V> pairs = codec;
    HashPartitioner keys = partitioner;
    return new Packed<>(
        arrays.mapPartitionsToPair(
            some -> new Packing<>(merged(new Unpacking<>(some, pairs), merge), pairs, keys), true),
        codec,
        partitioner);
  }

  private static <K, V> Iterator<Tuple2<K, V>> merged(
      Iterator<Tuple2<K, V>> pairs, Function2<V, V, V> merge) {
    Aggregator<K, V, V> aggregator =
        new Aggregator<>(value -> value, (a, b) -> both(merge, a, b), (a, b) -> both(merge, a, b));
    scala.collection.Iterator<Product2<K, V>> products =
        CollectionConverters.asScala(pairs).map(pair -> pair);
    return CollectionConverters.asJava(aggregator.combineValuesByKey(products, TaskContext.get()));
  }

  private static <V> V both(Function2<V, V, V> merge, V a, V b) {
    try {
      return merge.call(a, b);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  JavaPairRDD<K, V> pairs() {
    Codec<K, V> each = codec;
    return arrays.mapPartitionsToPair(some -> new Unpacking<>(some, each), true);
  }

  /** Keeps them when they are computed for the first time, until {@link #unpersist}. */
  Packed<K, V> persist() {
    arrays.persist(Engine.kept());
    return this;
  }

  void unpersist() {
    arrays.unpersist();
  }

  /** Passes all of them, a partition after the other. Computes what is not kept. */
  void forEach(BiConsumer<K, V> sink) {
    Iterator<byte[]> all = Jobs.run(() -> arrays.values().toLocalIterator());
    while (Jobs.run(all::hasNext)) {
      byte[] array = all.next();
      Bytes in = Bytes.reader(array);
      for (int left = Packing.count(array); left > 0; left--) {
        Tuple2<K, V> pair = codec.read(in);
        sink.accept(pair._1(), pair._2());
      }
    }
  }

  /** How many there are. Computes at once. */
  long count() {
    JavaRDD<Long> counts = arrays.values().map(array -> (long) Packing.count(array));
    return Jobs.run(() -> counts.fold(0L, Long::sum));
  }

  /** An array: the pairs, and behind them how many they are (8 bytes). */
  static final class Packing<K, V> implements Iterator<Tuple2<Integer, byte[]>> {
    private final Iterator<Tuple2<K, V>> pairs;
    private final Codec<K, V> codec;
    private final HashPartitioner partitioner;
    private final @Nullable Bytes[] open;
    private final int[] counts;
    private int left;

    Packing(Iterator<Tuple2<K, V>> pairs, Codec<K, V> codec, HashPartitioner partitioner) {
      this.pairs = pairs;
      this.codec = codec;
      this.partitioner = partitioner;
      this.open = new Bytes[partitioner.numPartitions()];
      this.counts = new int[open.length];
    }

    static int count(byte[] array) {
      return (int) Bytes.reader(array, array.length - Long.BYTES).getFixed();
    }

    @Override
    public boolean hasNext() {
      if (pairs.hasNext()) {
        return true;
      }
      while (left < open.length && counts[left] == 0) {
        left++;
      }
      return left < open.length;
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
      while (pairs.hasNext()) {
        Tuple2<K, V> pair = pairs.next();
        int partition = partitioner.getPartition(pair._1());
        Bytes out = open[partition];
        if (out == null) {
          out = Bytes.writer();
          open[partition] = out;
        }
        codec.write(pair._1(), pair._2(), out);
        counts[partition]++;
        if (out.length() >= FULL) {
          return close(partition, out);
        }
      }
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return close(left, open[left]);
    }

    private Tuple2<Integer, byte[]> close(int partition, @Nullable Bytes out) {
      if (out == null) {
        throw new IllegalStateException("partition " + partition + " has pairs, but no array");
      }
      out.putFixed(counts[partition]);
      byte[] array = out.toArray();
      out.clear();
      counts[partition] = 0;
      return new Tuple2<>(partition, array);
    }
  }

  static final class Unpacking<K, V> implements Iterator<Tuple2<K, V>> {
    private final Iterator<Tuple2<Integer, byte[]>> arrays;
    private final Codec<K, V> codec;
    private Bytes in = Bytes.reader(new byte[0]);
    private int left;

    Unpacking(Iterator<Tuple2<Integer, byte[]>> arrays, Codec<K, V> codec) {
      this.arrays = arrays;
      this.codec = codec;
    }

    @Override
    public boolean hasNext() {
      while (left == 0 && arrays.hasNext()) {
        byte[] array = arrays.next()._2();
        in = Bytes.reader(array);
        left = Packing.count(array);
      }
      return left > 0;
    }

    @Override
    public Tuple2<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      left--;
      return codec.read(in);
    }
  }
}
