package dev.tandem.replay.generate;

/** Fills one column, or one path, of a row. */
interface Filler {
  /**
   * A text, a number, a boolean or a list of texts; an empty text stands for null. May draw from
   * the draft's chance.
   */
  Object value(Draft draft);
}
