package dev.tandem.streams.query;

import java.util.Iterator;

/** Rows in the order of their keys, each key once; to be closed. Not thread-safe. */
public interface Entries extends Iterator<Entry>, AutoCloseable {
  @Override
  void close();
}
