package dev.tandem.replay.publish;

import dev.tandem.replay.merge.Entry;

/**
 * A record of a file and what is to be published of it.
 *
 * @param key of the record to publish; empty where none is
 * @param value of the record to publish; empty where none is
 */
record Output(Entry entry, Fate fate, byte[] key, byte[] value) {
  private static final byte[] NONE = {};

  static Output none(Entry entry, Fate fate) {
    return new Output(entry, fate, NONE, NONE);
  }
}
