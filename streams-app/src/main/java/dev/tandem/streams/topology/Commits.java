package dev.tandem.streams.topology;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells the tasks of a thread when the transaction that they wrote to is over. Under exactly-once
 * one producer, and so one transaction, serves all tasks of a thread; every method is called by
 * that thread.
 */
public final class Commits {
  private final ThreadLocal<Set<CommittedRows>> open = ThreadLocal.withInitial(LinkedHashSet::new);

  /** A task writes to the open transaction. */
  void join(CommittedRows rows) {
    open.get().add(rows);
  }

  /** The transaction of the calling thread is committed. */
  public void committed() {
    long at = System.currentTimeMillis();
    open.get().forEach(rows -> rows.committed(at));
    open.remove();
  }

  /** It is aborted: its tasks are closed, and made anew from what was committed. */
  public void aborted() {
    open.remove();
  }
}
