package dev.tandem.replay.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes items from one thread to another: many at a time while many come, so that neither thread
 * wakes the other for each, and after a moment those few that there are. It holds a bounded number
 * and weight of items; whoever puts more has to wait.
 *
 * <p>For one thread on each side.
 */
public final class Handoff<T> {
  /** How long few items wait for more. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final int batch;
  private final int capacity;
  private final long mostWeight;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private List<T> items = new ArrayList<>();
  private long weight;
  private boolean ended;
  private @Nullable RuntimeException failure;

  /**
   * Items in order.
   *
   * @param last whether none follow
   * @param failure why none follow, where they did not end well
   */
  public record Batch<T>(List<T> items, boolean last, Optional<RuntimeException> failure) {}

  /**
   * @param batch how many items are worth a wake-up
   * @param capacity how many are held at most
   * @param mostWeight how much they may weigh together; one more item may come on top
   */
  public Handoff(int batch, int capacity, long mostWeight) {
    this.batch = batch;
    this.capacity = capacity;
    this.mostWeight = mostWeight;
  }

  /** Adds an item, after waiting for room. */
  public void put(T item, long itemWeight) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (items.size() >= capacity || weight > mostWeight) {
        taken.await();
      }
      items.add(item);
      weight += itemWeight;
      if (items.size() == 1 || isWorthwhile()) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * No more items follow. Waits for nothing.
   *
   * @param why absent when they ended well
   */
  public void end(Optional<RuntimeException> why) {
    lock.lock();
    try {
      ended = true;
      failure = why.orElse(null);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes all items that are there, or waits for some.
   *
   * @param waitNanos how long to wait at most; the batch may be empty then
   */
  public Batch<T> take(long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (left > 0 && items.isEmpty() && !ended) {
        left = filled.awaitNanos(left);
      }
      left = items.isEmpty() ? 0 : Math.min(left, MOMENT_NANOS);
      while (left > 0 && !isWorthwhile()) {
        left = filled.awaitNanos(left);
      }
      if (items.isEmpty()) {
        return new Batch<>(List.of(), ended, Optional.ofNullable(failure));
      }
      Batch<T> all = new Batch<>(items, ended, Optional.ofNullable(failure));
      items = new ArrayList<>(Math.min(2 * batch, capacity));
      weight = 0;
      taken.signal();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWorthwhile() {
    return ended || items.size() >= batch || weight > mostWeight;
  }
}
