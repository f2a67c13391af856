package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Causes;
import java.io.Serializable;

/**
 * Events with a row in the range, counted once an id.
 *
 * @param events ids in files or log
 * @param counted ids that count in a row
 */
public record IdCounts(long events, long counted, Causes causes) implements Serializable {
  static final IdCounts NONE = new IdCounts(0, 0, Causes.NONE);

  IdCounts plus(IdCounts o) {
    return new IdCounts(events + o.events, counted + o.counted, causes.plus(o.causes));
  }
}
