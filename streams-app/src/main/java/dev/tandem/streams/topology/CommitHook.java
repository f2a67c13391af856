package dev.tandem.streams.topology;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs a processor's work exactly before every commit of its task, in the transaction of that
 * commit, so that a processor may gather in memory and lose nothing.
 *
 * <p>It is an empty store that claims to have a cache: a task flushes the caches of its stores when
 * it prepares a commit, be that one due, a rebalance or a close, then flushes the producer, then
 * commits offsets and records as one transaction ({@code StreamTask.prepareCommit}). Streams' own
 * caching stores forward records and write to their changelogs from there, and so may the work.
 *
 * <p>The only class that uses internals of Kafka Streams (4.3.1). {@code CommitHookTest} and {@code
 * ExactlyOnceIT} fail when a newer version behaves otherwise.
 */
final class CommitHook implements StateStore, CachedStateStore<byte[], byte[]> {
  private final String name;
  private boolean open;
  private @Nullable Work work;

  private CommitHook(String name) {
    this.name = name;
  }

  /** What to do before a commit, and as which node of which task. */
  private record Work(
      InternalProcessorContext<?, ?> context, ProcessorNode<?, ?, ?, ?> node, Runnable action) {
    void run() {
      ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
      ProcessorRecordContext recordBefore = context.recordContext();
      context.setCurrentNode(node);
      context.setRecordContext(
          new ProcessorRecordContext(
              Math.max(0, context.currentSystemTimeMs()), -1, -1, null, new RecordHeaders()));
      try {
        action.run();
      } finally {
        context.setRecordContext(recordBefore);
        context.setCurrentNode(nodeBefore);
      }
    }
  }

  /** The store to connect to the processor. */
  static StoreBuilder<CommitHook> builder(String name) {
    return new Builder(name);
  }

  /**
   * To be called by {@code Processor.init}, also when a task is initialized again.
   *
   * @param context of the processor
   * @param action may forward records, write to the processor's stores and schedule
   */
  void beforeCommit(ProcessorContext<?, ?> context, Runnable action) {
    InternalProcessorContext<?, ?> internal = (InternalProcessorContext<?, ?>) context;
    work = new Work(internal, internal.currentNode(), action);
  }

  @Override
  public void flushCache() {
    if (work != null) {
      work.run();
    }
  }

  /** The task becomes a standby: there is nothing to do until a processor is initialized again. */
  @Override
  public void clearCache() {
    work = null;
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    work = null;
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    work = null;
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private record Builder(String name) implements StoreBuilder<CommitHook> {
    @Override
    public StoreBuilder<CommitHook> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitHook> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException(name + " has nothing to log");
    }

    @Override
    public StoreBuilder<CommitHook> withLoggingDisabled() {
      return this;
    }

    @Override
    public CommitHook build() {
      return new CommitHook(name);
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }
  }
}
