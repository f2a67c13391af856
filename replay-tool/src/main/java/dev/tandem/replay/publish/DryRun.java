package dev.tandem.replay.publish;

import dev.tandem.core.TandemException;
import dev.tandem.replay.merge.Entry;
import dev.tandem.replay.merge.Intake;
import dev.tandem.replay.merge.Merge;
import dev.tandem.replay.merge.Source;
import dev.tandem.replay.meter.Meter;
import java.util.Optional;

/** Reads everything as a replay would, publishes nothing, needs no broker. */
public final class DryRun {
  private static final int SHOW_EVERY = 1_000;

  private final Plan plan;
  private final Meter meter;
  private final Tallies tallies;
  private final Intake intake = new Intake();

  public DryRun(Plan plan, Meter meter) {
    this.plan = plan;
    this.meter = meter;
    this.tallies = new Tallies(plan);
  }

  /** Counts so far, also after a failure. */
  public Tallies tallies() {
    return tallies;
  }

  /**
   * Counts all records.
   *
   * @throws TandemException when a file cannot be read to its end; {@link #tallies} holds what was
   *     read
   */
  public void run() {
    Encoder encoder = new Encoder(plan);
    long totalBytes = plan.sources().stream().mapToLong(Source::bytes).sum();
    try (Merge merge = new Merge(plan.pipeline(), plan.sources(), intake)) {
      for (Optional<Entry> entry = merge.next(); entry.isPresent(); entry = merge.next()) {
        tallies.add(entry.get(), encoder.skip(entry.get()).fate());
        if (tallies.position() % SHOW_EVERY == 0) {
          double share = totalBytes == 0 ? 0 : (double) intake.bytes() / totalBytes;
          meter.show(tallies.position(), share == 0 ? 0 : Math.round(intake.rows() / share));
        }
      }
    }
  }
}
