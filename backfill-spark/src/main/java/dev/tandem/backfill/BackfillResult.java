package dev.tandem.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.backfill.report.Report;
import java.util.OptionalLong;

/**
 * What a backfill did.
 *
 * @param epoch of the run; empty for a dry run
 * @param allowed whether no more rows change than may; a dry run may find otherwise
 * @param report what it found and published
 * @param json the same as it is kept with the run
 */
record BackfillResult(OptionalLong epoch, boolean allowed, Report report, JsonNode json) {}
