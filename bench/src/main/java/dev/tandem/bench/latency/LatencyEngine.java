package dev.tandem.bench.latency;

import dev.tandem.bench.stream.StreamEngine;

/**
 * An engine and how its rows are read.
 *
 * @param rest whether over Tandem's REST API instead of from the topic
 */
record LatencyEngine(StreamEngine engine, boolean rest) {
  static LatencyEngine topic(StreamEngine engine) {
    return new LatencyEngine(engine, false);
  }

  static LatencyEngine rest(StreamEngine engine) {
    return new LatencyEngine(engine, true);
  }
}
