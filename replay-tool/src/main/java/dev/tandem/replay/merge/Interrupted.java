package dev.tandem.replay.merge;

/** The thread was asked to stop while it waited. */
public final class Interrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Interrupted(InterruptedException cause) {
    super(cause);
    Thread.currentThread().interrupt();
  }
}
