package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.event.Event;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogEvents.Admission;
import dev.tandem.core.reconcile.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The log as a batch reads it: of each trip, the first valid record. Looks at a record once. */
final class LogView {
  private final List<List<LogRecord>> log;
  private final LogEvents events;
  private final List<List<Found>> valid = new ArrayList<>();
  private final int[] looked;

  /** A valid record. */
  record Found(int partition, long offset, Event event) {}

  LogView(World world) {
    this.log = world.log;
    this.events = new LogEvents(Trips.PIPELINES.get(0), world::eventPartition);
    this.looked = new int[world.partitions];
    log.forEach(partition -> valid.add(new ArrayList<>()));
  }

  /**
   * @param ends by partition, where reading ends, exclusive
   * @return by trip number
   */
  Map<Integer, Found> before(Map<Integer, Long> ends) {
    Map<Integer, Found> found = new TreeMap<>();
    ends.forEach(
        (partition, end) -> {
          look(partition);
          for (Found f : valid.get(partition)) {
            if (f.offset < end) {
              found.putIfAbsent(Trips.number(f.event.id()), f);
            }
          }
        });
    return found;
  }

  private void look(int partition) {
    List<LogRecord> records = log.get(partition);
    for (; looked[partition] < records.size(); looked[partition]++) {
      LogRecord record = records.get(looked[partition]);
      if (!LogEvents.isBarrier(record)
          && events.admit(record, partition) instanceof Admission.Valid v) {
        valid.get(partition).add(new Found(partition, record.offset(), v.event()));
      }
    }
  }
}
