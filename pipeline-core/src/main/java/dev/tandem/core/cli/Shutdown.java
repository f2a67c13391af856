package dev.tandem.core.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Closes a service in good order when the process is asked to stop by Ctrl-C or a termination
 * signal. To be asked is the normal end of a service: the process then exits with 0, or with 1
 * where closing failed. It ends at once afterwards, so a process has one such service that holds
 * all others.
 */
@SuppressWarnings("try") // What a service throws when it is closed is its own affair.
public final class Shutdown implements AutoCloseable {

  private final AutoCloseable service;
  private boolean closed;

  private Shutdown(AutoCloseable service) {
    this.service = service;
  }

  /**
   * Runs {@code service} until the signal, then closes it. Does not return unless interrupted.
   *
   * @param ready called once the signal is watched for: the moment to say that it serves
   */
  public static void serve(AutoCloseable service, Runnable ready) throws InterruptedException {
    onSignal(service);
    ready.run();
    new CountDownLatch(1).await();
  }

  /**
   * Watches for the signal while the caller works; who is done before it closes what this gives.
   */
  public static Shutdown onSignal(AutoCloseable service) {
    Shutdown shutdown = new Shutdown(service);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::closeAndEnd, "stop"));
    return shutdown;
  }

  /** Closes the service now; nothing happens when it is closed already. */
  @Override
  public synchronized void close() throws Exception {
    if (!closed) {
      closed = true;
      service.close();
    }
  }

  /** The hook, which also runs at the end of a process whose service was closed before. */
  private synchronized void closeAndEnd() {
    if (closed) {
      return;
    }
    int status = 0;
    try {
      close();
    } catch (Exception e) {
      System.err.println("tandem: stopping failed: " + e);
      status = 1;
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }
}
