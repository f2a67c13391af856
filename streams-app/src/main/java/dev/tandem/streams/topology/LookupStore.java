package dev.tandem.streams.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.apache.kafka.streams.state.internals.StoreQueryUtils;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The RocksDB store of Kafka Streams, which can also be asked for keys that it most likely does not
 * have, and takes many entries at once.
 *
 * <p>{@code RocksDB.get}, which {@link #get} asks, throws a C++ exception and catches it again for
 * each key that is not there, which takes longer than the search. What is asked here does not. To
 * be called by the thread of the store's task.
 */
final class LookupStore extends RocksDBStore {
  private static final VarHandle DB = database();

  /** Of RocksDB's batches of writes: a sequence number, which it sets itself, and the count. */
  private static final int BATCH_SEQUENCE = 8;

  private static final int BATCH_PUT = 1;

  private final dev.tandem.core.aggregate.Bytes batch = dev.tandem.core.aggregate.Bytes.writer();

  private LookupStore(String name, String metricsScope) {
    super(name, metricsScope);
  }

  private static VarHandle database() {
    try {
      return MethodHandles.privateLookupIn(RocksDBStore.class, MethodHandles.lookup())
          .findVarHandle(RocksDBStore.class, "db", RocksDB.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another Kafka Streams than Tandem was built with", e);
    }
  }

  /** Supplies stores of that name. */
  static KeyValueBytesStoreSupplier supplier(String storeName) {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return storeName;
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new LookupStore(storeName, metricsScope());
      }

      @Override
      public String metricsScope() {
        return "rocksdb";
      }
    };
  }

  /**
   * The store below all that Kafka Streams has put around it.
   *
   * @param store of {@link StateStores#of}, as a processor gets it
   */
  static LookupStore below(StateStore store) {
    StateStore below = store;
    while (below instanceof WrappedStateStore<?, ?, ?> wrapping) {
      below = wrapping.wrapped();
    }
    return (LookupStore) below;
  }

  /** False when {@code key} is not in the store; true when it is, and now and then when not. */
  boolean mayHave(byte[] key) {
    return database(this).keyMayExist(key, null);
  }

  /** Values in the order of {@code keys}, null where there is none. */
  List<byte @Nullable []> getAll(List<byte[]> keys) {
    RocksDB database = database(this);
    if (keys.isEmpty()) {
      return List.of();
    }
    try {
      return database.multiGetAsList(keys);
    } catch (RocksDBException e) {
      throw new ProcessorStateException("cannot read from store " + name(), e);
    }
  }

  /**
   * Entries with values are handed over as one array, in the format of RocksDB's log of writes
   * (write_batch.cc: sequence number, count, then tag, key and value with their lengths each),
   * instead of by two copies and a call an entry.
   */
  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    for (KeyValue<Bytes, byte[]> entry : entries) {
      if (entry.value == null) {
        super.putAll(entries);
        return;
      }
    }
    synchronized (position) {
      try (WriteBatch writes = new WriteBatch(written(entries))) {
        write(writes);
        StoreQueryUtils.updatePosition(position, context);
      } catch (RocksDBException e) {
        throw new ProcessorStateException("cannot write to store " + name(), e);
      }
    }
  }

  private byte[] written(List<KeyValue<Bytes, byte[]>> entries) {
    batch.clear();
    for (int i = 0; i < BATCH_SEQUENCE; i++) {
      batch.putByte(0);
    }
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      batch.putByte(entries.size() >>> shift);
    }
    for (KeyValue<Bytes, byte[]> entry : entries) {
      batch.putByte(BATCH_PUT);
      batch.putBlock(entry.key.get());
      batch.putBlock(entry.value);
    }
    return batch.toArray();
  }

  private static RocksDB database(LookupStore store) {
    RocksDB database = (RocksDB) DB.get(store);
    if (database == null) {
      throw new InvalidStateStoreException("store " + store.name() + " is closed");
    }
    return database;
  }
}
