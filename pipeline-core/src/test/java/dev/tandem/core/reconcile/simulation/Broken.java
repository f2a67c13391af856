package dev.tandem.core.reconcile.simulation;

/** A promise that a history broke. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Broken(String message) {
    super(message);
  }
}
