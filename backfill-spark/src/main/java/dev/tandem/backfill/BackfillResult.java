package dev.tandem.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.backfill.report.Report;
import java.util.OptionalLong;

/**
 * What a backfill did.
 *
 * @param epoch of the run; empty for a dry run
 * @param report what it found and published
 * @param json the same as it is kept with the run
 */
record BackfillResult(OptionalLong epoch, Report report, JsonNode json) {}
