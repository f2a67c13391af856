package dev.tandem.localkafka.chaos;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Processes that come to an end, and what happens then. */
final class Jobs {
  private final Journal journal;
  private final List<Job> running = new ArrayList<>();

  private record Job(Worker worker, Consumer<Worker> after) {}

  Jobs(Journal journal) {
    this.journal = journal;
  }

  /**
   * @param after called by {@link #tick} when it has ended
   */
  void add(Worker worker, Consumer<Worker> after) {
    running.add(new Job(worker, after));
  }

  /** Looks after them; to be called often. */
  void tick() {
    List<Job> ended = new ArrayList<>();
    for (Iterator<Job> jobs = running.iterator(); jobs.hasNext(); ) {
      Job job = jobs.next();
      if (!job.worker().isAlive()) {
        jobs.remove();
        ended.add(job);
      }
    }
    ended.forEach(
        job -> {
          journal.ended(job.worker());
          job.after().accept(job.worker());
        });
  }

  List<Worker> running(Worker.Kind kind) {
    return running.stream().map(Job::worker).filter(w -> w.kind() == kind).toList();
  }

  boolean isEmpty() {
    return running.isEmpty();
  }
}
