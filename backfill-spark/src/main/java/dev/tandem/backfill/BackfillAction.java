package dev.tandem.backfill;

/** Carries out a backfill. Safe to repeat, and to run twice at once: the later one takes over. */
final class BackfillAction {
  private BackfillAction() {}

  /**
   * @throws dev.tandem.core.TandemException when it is refused or fails; what was written until
   *     then changes nothing that is served
   */
  static BackfillResult run(BackfillRequest request, Cluster cluster, Phases phases) {
    try (Session session = Session.open("backfill", cluster, request.pipeline(), phases)) {
      return request.dryRun()
          ? new DryRun(request, session).run()
          : new PublishingRun(request, session).run();
    }
  }
}
