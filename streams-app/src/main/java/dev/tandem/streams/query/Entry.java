package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.row.RowKey;

/**
 * A row of an answer, or a part of it.
 *
 * @param key of its definition, its group of windows (see {@link Roll#group}) and the dimensions
 *     that are kept; orders the rows of an answer
 * @param state belongs to the taker
 * @param epoch the last backfill whose result is in it, 0: none; of merged rows the lowest
 */
public record Entry(RowKey key, RowState state, long epoch) {
  Entry plus(Entry more) {
    state.merge(more.state());
    return new Entry(key, state, Math.min(epoch, more.epoch()));
  }
}
