package dev.tandem.core.decision;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The tasks of the stream that decide, each reading, committing and crashing for itself: one for
 * each partition of the log, one that decides. A record of a partition is an event, or empty for
 * one that is rejected.
 */
final class SystemRun {
  private final PipelineDefinition pipeline;
  private final List<List<Optional<Event>>> logs;
  private final Baselines baselines;
  private final List<Source> sources = new ArrayList<>();
  private final List<byte[]> signals = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final Decider decider;

  SystemRun(PipelineDefinition pipeline, List<List<Optional<Event>>> logs, Baselines baselines) {
    this.pipeline = pipeline;
    this.logs = logs;
    this.baselines = baselines;
    for (int i = 0; i < logs.size(); i++) {
      sources.add(new Source(i));
    }
    decider = new Decider();
  }

  /** Partition after partition, without any crash. */
  List<Alert> straight() {
    for (Source source : sources) {
      source.read(Integer.MAX_VALUE);
      source.commit();
    }
    decider.read(Integer.MAX_VALUE);
    decider.commit();
    return alerts;
  }

  /** In steps of any length and any order, with crashes between any two of them. */
  List<Alert> disorderly(Random random) {
    while (sources.stream().anyMatch(Source::hasMore) || decider.hasMore()) {
      int who = random.nextInt(sources.size() + 1);
      boolean crash = random.nextInt(4) == 0;
      int count = 1 + random.nextInt(random.nextBoolean() ? 5 : 200);
      if (who < sources.size()) {
        sources.get(who).read(count);
        if (crash) {
          sources.get(who).crash();
        } else {
          sources.get(who).commit();
        }
      } else {
        decider.read(count);
        if (crash) {
          decider.crash();
        } else {
          decider.commit();
        }
      }
    }
    return alerts;
  }

  /** One partition's task. */
  private final class Source {
    private final int partition;
    private final MapState state = new MapState();
    private final List<byte[]> uncommitted = new ArrayList<>();
    private int committed;
    private int position;
    private PartitionSignals task;

    Source(int partition) {
      this.partition = partition;
      this.task = start();
    }

    private PartitionSignals start() {
      return new PartitionSignals(
          pipeline, partition, 0, state, hour -> uncommitted.add(hour.toBytes()));
    }

    boolean hasMore() {
      return committed < logs.get(partition).size();
    }

    void read(int count) {
      List<Optional<Event>> log = logs.get(partition);
      for (int i = 0; i < count && position < log.size(); i++) {
        Optional<Event> record = log.get(position++);
        if (record.isPresent()) {
          task.asRead(record.get());
          task.admitted(record.get());
        } else {
          task.rejected();
        }
      }
    }

    void commit() {
      task.save();
      state.commit();
      signals.addAll(uncommitted);
      uncommitted.clear();
      committed = position;
    }

    void crash() {
      uncommitted.clear();
      state.crash();
      position = committed;
      task = start();
    }
  }

  /** The task that decides. */
  private final class Decider {
    private final MapState state = new MapState();
    private final List<Alert> uncommitted = new ArrayList<>();
    private int committed;
    private int position;
    private DecisionEngine task = start();

    private DecisionEngine start() {
      return new DecisionEngine(pipeline, logs.size(), baselines, state, uncommitted::add);
    }

    boolean hasMore() {
      return committed < signals.size();
    }

    void read(int count) {
      for (int i = 0; i < count && position < signals.size(); i++) {
        task.accept(ClosedHour.fromBytes(signals.get(position++)));
      }
    }

    void commit() {
      task.save();
      state.commit();
      alerts.addAll(uncommitted);
      uncommitted.clear();
      committed = position;
    }

    void crash() {
      uncommitted.clear();
      state.crash();
      position = committed;
      task = start();
    }
  }
}
