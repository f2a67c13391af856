package dev.tandem.replay.publish;

/** What becomes of a record of a file. */
enum Fate {
  /** Goes to the events. */
  PUBLISH,
  /** Goes to the rejected rows. */
  REJECT,
  /** An event that the range leaves out. */
  OUTSIDE
}
