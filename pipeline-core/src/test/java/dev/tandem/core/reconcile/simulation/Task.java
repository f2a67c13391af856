package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.definition.PipelineDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A task of the streams app: what it did since its last commit is undone by a crash. All its input
 * positions, stores and outputs commit together.
 */
abstract class Task {
  final World world;
  final String name;
  private final List<Runnable> outputs = new ArrayList<>();

  Task(World world, String name) {
    this.world = world;
    this.name = name;
  }

  /** Takes one record from some input; false when there is none. */
  abstract boolean consume();

  abstract void drain();

  /** Keeps the state as of this commit. */
  abstract void save();

  /** Starts from the last commit. */
  abstract void restart(PipelineDefinition pipeline);

  /** Becomes visible with the next commit. */
  final void onCommit(Runnable output) {
    outputs.add(output);
  }

  final boolean commit() {
    if (world.fault != Fault.NO_DRAIN) {
      drain();
    }
    boolean visible = !outputs.isEmpty();
    outputs.forEach(Runnable::run);
    outputs.clear();
    save();
    return visible;
  }

  final void crash(PipelineDefinition pipeline) {
    outputs.clear();
    restart(pipeline);
  }

  final boolean any(List<BooleanSupplier> sources) {
    return !sources.isEmpty() && sources.get(world.random.nextInt(sources.size())).getAsBoolean();
  }
}
