package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.definition.PipelineDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams app: one or two instances that crash, stay down, come back with what the pipeline's
 * file says then, and take tasks from each other.
 */
final class App {
  private final World world;
  private final List<FirstTask> firsts = new ArrayList<>();
  private final List<SecondTask> seconds = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final int[] home;

  /** How often, per step, an instance goes down, and how often it comes back. */
  private final double downs;

  private static final double UPS = .03;

  /** How often, per step of a task, it commits. */
  private final double commits;

  private static final class Instance {
    private boolean up = true;
    private PipelineDefinition pipeline;

    Instance(PipelineDefinition pipeline) {
      this.pipeline = pipeline;
    }
  }

  App(World world) {
    this.world = world;
    this.downs = world.chance(.5) ? .004 : .03;
    this.commits = world.chance(.7) ? .25 : .03;
    int count = world.chance(.7) ? 1 : 2;
    for (int i = 0; i < count; i++) {
      instances.add(new Instance(world.pipeline));
    }
    for (int p = 0; p < world.partitions; p++) {
      firsts.add(new FirstTask(world, p));
      seconds.add(new SecondTask(world, p));
    }
    tasks.addAll(firsts);
    tasks.addAll(seconds);
    home = new int[tasks.size()];
    for (int t = 0; t < home.length; t++) {
      home[t] = world.random.nextInt(count);
    }
  }

  List<FirstTask> firsts() {
    return firsts;
  }

  List<SecondTask> seconds() {
    return seconds;
  }

  void step() {
    int i = world.random.nextInt(instances.size());
    Instance instance = instances.get(i);
    if (world.chance(instance.up ? downs : UPS)) {
      turn(i);
    } else if (instances.size() > 1 && world.chance(.02)) {
      rebalance(world.random.nextInt(home.length));
    } else {
      int task = world.random.nextInt(home.length);
      if (instances.get(home[task]).up) {
        step(task);
      }
    }
  }

  private void turn(int i) {
    Instance instance = instances.get(i);
    if (instance.up) {
      world.trace.add("instance %d is killed", i);
      instance.up = false;
      for (int task = 0; task < home.length; task++) {
        if (home[task] == i) {
          crash(task);
        }
      }
    }
    if (!instance.up && world.chance(.5)) {
      start(i);
    }
  }

  private void start(int i) {
    Instance instance = instances.get(i);
    instance.up = true;
    instance.pipeline = world.pipeline;
    world.trace.add(
        "instance %d starts with pipeline %d", i, Trips.PIPELINES.indexOf(world.pipeline));
    for (int task = 0; task < home.length; task++) {
      if (home[task] == i) {
        crash(task);
      }
    }
  }

  private void rebalance(int task) {
    int to = 1 - home[task];
    if (!instances.get(to).up) {
      return;
    }
    if (instances.get(home[task]).up && world.chance(.5)) {
      commit(task);
    }
    world.trace.add("%s moves to instance %d", tasks.get(task).name, to);
    home[task] = to;
    crash(task);
  }

  private void step(int task) {
    double x = world.random.nextDouble();
    if (x < .03) {
      world.trace.add("%s crashes", tasks.get(task).name);
      crash(task);
    } else if (x < .03 + commits) {
      commit(task);
    } else if (tasks.get(task).consume()) {
      world.trace.add("%s reads", tasks.get(task).name);
    }
  }

  private void commit(int task) {
    world.trace.add("%s commits", tasks.get(task).name);
    tasks.get(task).commit();
  }

  private void crash(int task) {
    tasks.get(task).crash(instances.get(home[task]).pipeline);
  }

  /** Everything is up, and has the pipeline's file as it is now. */
  void startAll() {
    for (int i = 0; i < instances.size(); i++) {
      if (!instances.get(i).up || instances.get(i).pipeline != world.pipeline) {
        start(i);
      }
    }
  }

  /** A round in which every task reads and commits; false when there was nothing to do. */
  boolean work() {
    boolean busy = false;
    for (Task task : tasks) {
      for (int n = world.random.nextInt(8); n >= 0 && task.consume(); n--) {
        busy = true;
      }
      busy |= task.commit();
    }
    return busy;
  }
}
