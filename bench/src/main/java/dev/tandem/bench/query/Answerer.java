package dev.tandem.bench.query;

import java.util.List;

/** Who can be asked. Thread-safe. */
interface Answerer extends AutoCloseable {

  /** A client's own connection. */
  Client connect();

  @Override
  void close() throws InterruptedException;

  /** Asks one question after the other. For one thread. */
  interface Client extends AutoCloseable {

    /** Asks and reads the whole answer. */
    void ask(Question question) throws InterruptedException;

    /** Asks for rows to compare: window and key where there are any, trips, seconds. */
    List<String> rows(Question question) throws InterruptedException;

    @Override
    void close();
  }
}
