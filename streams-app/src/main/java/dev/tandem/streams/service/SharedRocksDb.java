package dev.tandem.streams.service;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of this process together: blocks, their indexes and
 * filters, and write buffers are charged to one cache, however many stores and rows there are.
 *
 * <p>Kafka Streams makes one object a store by reflection, so what is shared is static; the first
 * store decides the size. Public for that reason only.
 */
public final class SharedRocksDb implements RocksDBConfigSetter {
  /** Property with the memory in bytes. */
  static final String MEMORY = "tandem.rocksdb.memory";

  private static final long BLOCK = 8L << 10;
  private static final double BLOOM_BITS = 10;

  /** Of a write buffer, for a filter of its keys: most rows and ids that are looked up are new. */
  private static final double MEMTABLE_BLOOM = 0.05;

  private static @Nullable Shared shared;

  private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

  private static synchronized Shared shared(long memory) {
    Shared made = shared;
    if (made == null) {
      RocksDB.loadLibrary();
      Cache cache = new LRUCache(memory, -1, false, 0.2);
      made = new Shared(cache, new WriteBufferManager(memory / 2, cache));
      shared = made;
    }
    return made;
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    Shared memory = shared(Long.parseLong(String.valueOf(configs.get(MEMORY))));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    table.setBlockSize(BLOCK);
    table.setFilterPolicy(new BloomFilter(BLOOM_BITS));
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers());
    options.setWriteBufferSize(16L << 20);
    options.setMaxWriteBufferNumber(3);
    options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM);
    options.setMemtableWholeKeyFiltering(true);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  /** The shared parts live as long as the process. */
  @Override
  public void close(String store, Options options) {}
}
