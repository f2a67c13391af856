package dev.tandem.backfill;

import dev.tandem.backfill.archive.ArchiveFolder;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.core.TandemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Carries out an archive. Safe to repeat: what is archived already is not copied again. */
final class ArchiveAction {
  private final Session session;
  private final String log;
  private final ArchiveFolder archive;

  private ArchiveAction(Session session, ArchiveFolder archive) {
    this.session = session;
    this.log = session.topics().events();
    this.archive = archive;
  }

  /**
   * @param until appended before this instant; empty: all that is committed
   * @throws TandemException when it is refused or fails; the archive is as it was then
   */
  static void run(
      PipelineText pipeline, Path out, OptionalLong until, Cluster cluster, Phases phases) {
    ArchiveFolder archive = ArchiveFolder.open(out, pipeline.name());
    try (Session session = Session.open("archive", cluster, pipeline, phases)) {
      new ArchiveAction(session, archive).run(until);
    }
  }

  private void run(OptionalLong until) {
    String topicId = session.offsets().topicId(log);
    archive.refuseOtherLog(log, topicId);
    Map<Integer, Long> begin = session.offsets().beginnings(log);
    Map<Integer, Long> from = archive.isEmpty() ? begin : archive.to();
    refuseGap(begin, from);
    Map<Integer, Long> to = end(from, until);
    if (to.equals(from)) {
      session.phases().line("Nothing new: all of it is archived already");
      return;
    }
    Path written = archive.begin();
    long records =
        session
            .phases()
            .run(
                "archive",
                "Copying the log into Parquet",
                session.engine()::progress,
                () -> session.engine().archive(from, to, written),
                n -> BatchSteps.text("%,d records", n));
    archive.commit(written, topicId, from, to, records);
    to.forEach(
        (partition, end) ->
            session
                .phases()
                .line(
                    "  partition %d: offsets %,d to %,d",
                    partition, from.getOrDefault(partition, 0L), end));
  }

  private void refuseGap(Map<Integer, Long> begin, Map<Integer, Long> from) {
    from.forEach(
        (partition, next) -> {
          long first = begin.getOrDefault(partition, 0L);
          if (first > next) {
            throw TandemException.failed(
                "%s has deleted offsets %,d to %,d of partition %d before they were archived: archive what is left into another folder, and keep the topic longer"
                    .formatted(log, next, first, partition));
          }
        });
  }

  private Map<Integer, Long> end(Map<Integer, Long> from, OptionalLong until) {
    Map<Integer, Long> committed = session.offsets().committedEnds(log);
    Map<Integer, Long> before =
        until.isPresent() ? session.offsets().before(log, until.getAsLong()) : committed;
    Map<Integer, Long> end = new TreeMap<>();
    from.forEach(
        (partition, next) -> {
          long wanted =
              Math.min(committed.getOrDefault(partition, 0L), before.getOrDefault(partition, 0L));
          end.put(partition, Math.max(next, wanted));
        });
    return end;
  }
}
