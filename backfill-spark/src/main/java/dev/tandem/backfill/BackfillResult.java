package dev.tandem.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.backfill.report.Report;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a backfill did.
 *
 * @param epoch of the run; empty for a dry run
 * @param allowed whether no more rows change than may; a dry run may find otherwise
 * @param report what it found and published
 * @param json the same as it is kept with the run
 * @param learned what came of learning; empty where nothing was to be learned
 */
record BackfillResult(
    OptionalLong epoch,
    boolean allowed,
    Report report,
    JsonNode json,
    Optional<BaselineOutcome> learned) {

  BackfillResult with(Optional<BaselineOutcome> outcome) {
    ObjectNode all = json.deepCopy();
    outcome.ifPresent(o -> all.set("learned", o.json()));
    return new BackfillResult(epoch, allowed, report, all, outcome);
  }
}
