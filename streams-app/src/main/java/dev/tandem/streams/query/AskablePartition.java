package dev.tandem.streams.query;

/** A partition of the rows that can be asked in this process. Thread-safe. */
public interface AskablePartition {
  int number();

  /**
   * The rows that a question is about, and perhaps others of its aggregate, as of one commit. To be
   * closed.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException when it is moving away
   */
  OpenPartition open(QueryRequest request);
}
