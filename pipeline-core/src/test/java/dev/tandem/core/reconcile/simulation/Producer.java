package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes trips to the log in any order, late, repeatedly and in other versions, and what is no
 * event; changes the files. Remembers what became of every record, for the truth.
 */
final class Producer {
  private final World world;
  private final Trips trips;
  private final List<Event> versions = new ArrayList<>();
  private final Map<Integer, Event> files = new TreeMap<>();
  private final Map<Integer, LogView.Found> first = new TreeMap<>();
  private final long[] valid;
  private final long[] invalid;

  Producer(World world, Trips trips) {
    this.world = world;
    this.trips = trips;
    this.valid = new long[world.partitions];
    this.invalid = new long[world.partitions];
    int count = 3 + world.random.nextInt(Trips.MOST - 2);
    for (int i = 0; i < count; i++) {
      versions.add(trips.trip(i));
    }
  }

  /** What the files hold now, by trip number. */
  Map<Integer, Event> files() {
    return Map.copyOf(files);
  }

  /** The first valid record of every trip in the log. */
  Map<Integer, LogView.Found> first() {
    return first;
  }

  /** Valid records in a partition. */
  long valid(int partition) {
    return valid[partition];
  }

  /** Records in a partition that are neither a trip nor a genuine barrier. */
  long invalid(int partition) {
    return invalid[partition];
  }

  void send() {
    int i = world.random.nextInt(versions.size());
    if (world.chance(.05)) {
      sendNoEvent(i);
      return;
    }
    Event event = world.chance(.9) ? versions.get(i) : trips.trip(i);
    byte[] id = Trips.id(i);
    int p = world.eventPartition(id);
    long offset = world.append(p, id, world.write(event), null);
    world.trace.add("log %d@%d: %s", p, offset, event);
    valid[p]++;
    first.putIfAbsent(i, new LogView.Found(p, offset, event));
  }

  private void sendNoEvent(int i) {
    byte[] id = Trips.id(i);
    byte[] value = world.write(versions.get(i));
    int p = world.eventPartition(id);
    switch (world.random.nextInt(7)) {
      case 0 -> world.append(p, id, "{".getBytes(StandardCharsets.UTF_8), null);
      case 1 -> world.append(p, id, null, null);
      case 2 -> world.append(p, null, value, null);
      case 3 -> world.append(p, id, world.write(Trips.inTheFuture(versions.get(i))), null);
      case 4 -> world.append(p, null, null, "no number");
      case 5 -> world.append(p, null, null, Long.toString(falseEpoch()));
      default -> {
        p = (p + 1) % world.partitions;
        if (world.partitions == 1) {
          return;
        }
        world.append(p, id, value, null);
      }
    }
    world.trace.add("log %d: no event", p);
    invalid[p]++;
  }

  /** Of a run that is over, or that no backfill has started. */
  private long falseEpoch() {
    return world.committed.isEmpty() || world.chance(.5) ? 1_000_000 : world.committed.lastKey();
  }

  /** A trip comes to the files, leaves them, or is altered there. */
  void changeFiles() {
    int i = world.random.nextInt(versions.size());
    if (world.chance(.3)) {
      files.remove(i);
      world.trace.add("files without %d", i);
      return;
    }
    Event version = versions.get(i);
    if (world.chance(.2)) {
      version = trips.trip(i);
    } else if (world.chance(.1)) {
      version = trips.withOtherValue(version);
    }
    files.put(i, version);
    world.trace.add("files: %s", version);
  }
}
