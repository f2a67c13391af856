package dev.tandem.replay.live;

/** Takes what a connection receives, from one thread at a time. */
interface Inbox {
  /**
   * A message; may wait for room.
   *
   * @param cut whether {@code bytes} are only its beginning
   */
  void message(byte[] bytes, boolean cut);

  /** A sign of life that is no message. */
  void alive();
}
