package dev.tandem.replay.live;

import java.util.concurrent.CompletableFuture;

/** A connection to a stream, or an attempt at one. */
interface Connection extends AutoCloseable {
  /**
   * Completes with how the stream ended, in words, or with why it broke off or never began: {@link
   * dev.tandem.replay.http.Refused} when the server answered with an error.
   */
  CompletableFuture<String> ended();

  /** Gives it up, at once. */
  @Override
  void close();
}
