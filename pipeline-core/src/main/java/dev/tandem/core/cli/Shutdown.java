package dev.tandem.core.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a service run until Ctrl-C or a termination signal, then closes it. A stop that was asked
 * for is the normal end of a service: the process exits with 0, or with 1 where closing failed.
 */
public final class Shutdown {

  private Shutdown() {}

  /**
   * Calls {@code service.close()} once, when the process is asked to stop or the caller closes what
   * it gets back, whichever is first. To be called by a command whose process holds nothing else to
   * close: after it the process ends at once, without other shutdown hooks.
   *
   * @return closes early, and then takes the signal's work away
   */
  public static AutoCloseable onSignal(AutoCloseable service) {
    AtomicBoolean closed = new AtomicBoolean();
    Thread hook = new Thread(() -> closeAndEnd(service, closed), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      if (closed.compareAndSet(false, true)) {
        Runtime.getRuntime().removeShutdownHook(hook);
        service.close();
      }
    };
  }

  /** Waits for the signal, closing {@code service} then. Does not return unless interrupted. */
  public static void await(AutoCloseable service) throws InterruptedException {
    onSignal(service);
    new CountDownLatch(1).await();
  }

  private static void closeAndEnd(AutoCloseable service, AtomicBoolean closed) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    int status = 0;
    try {
      service.close();
    } catch (Exception e) {
      System.err.println("tandem: stopping failed: " + e);
      status = 1;
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }
}
