package dev.tandem.replay.publish;

import dev.tandem.core.TandemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where a replay begins. */
sealed interface Start {
  /**
   * Behind the first {@code position} records of the merged files.
   *
   * @param notice for the user; empty when there is nothing to say
   */
  record At(long position, Optional<String> notice) implements Start {}

  /** All is published already. */
  record Done(Progress progress) implements Start {}

  /**
   * Decides.
   *
   * @param known the progress of all replays, by id
   * @throws TandemException when it is to be resumed and cannot be: other files by now, or files
   *     that are read otherwise by now
   */
  static Start decide(Plan plan, boolean resume, Map<String, Progress> known) {
    Optional<Progress> earlier = Optional.ofNullable(known.get(plan.id()));
    if (!resume) {
      return new At(0, earlier.map(Start::startsAnew));
    }
    if (earlier.isEmpty()) {
      refuseChanged(plan, known);
      return new At(
          0, Optional.of("no earlier replay of these files: starting at their beginning"));
    }
    Progress progress = earlier.get();
    if (progress.state() == Progress.State.FINISHED) {
      return new Done(progress);
    }
    if (!progress.order().equals(plan.order())) {
      throw TandemException.wrongUse(
          "Cannot resume replay "
              + plan.id()
              + ": the pipeline's fields or formats have changed since, so the same rows may be"
              + " other events; replay without --resume, repeated events are dropped");
    }
    return new At(
        progress.position(),
        Optional.of(
            "resuming replay %s behind %,d of its rows".formatted(plan.id(), progress.position())));
  }

  private static String startsAnew(Progress progress) {
    return progress.state() == Progress.State.FINISHED
        ? "these files were replayed before (until %s): publishing them again, repeated events are dropped"
            .formatted(progress.updatedAt())
        : "an earlier replay of these files stopped behind %,d rows: starting anew, repeated events are dropped (--resume goes on instead)"
            .formatted(progress.position());
  }

  private static void refuseChanged(Plan plan, Map<String, Progress> known) {
    Progress now = new Tallies(plan).progress(Progress.State.RUNNING);
    for (Progress other : known.values()) {
      if (other.state() == Progress.State.RUNNING
          && names(other).equals(names(now))
          && Objects.equals(other.from(), now.from())
          && Objects.equals(other.to(), now.to())) {
        for (int i = 0; i < now.files().size(); i++) {
          long before = other.files().get(i).bytes();
          long bytes = now.files().get(i).bytes();
          if (before != bytes) {
            throw TandemException.wrongUse(
                "Cannot resume: %s had %,d bytes when its replay began and has %,d now; replay without --resume, repeated events are dropped"
                    .formatted(now.files().get(i).file(), before, bytes));
          }
        }
      }
    }
  }

  private static List<String> names(Progress progress) {
    return progress.files().stream().map(Progress.File::file).toList();
  }
}
