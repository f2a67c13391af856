package dev.tandem.backfill;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.time.TimeRange;
import java.time.Duration;
import java.util.List;

/**
 * What a verification is to compare.
 *
 * @param files local paths and URIs, in order; empty when the source is the log
 * @param range of the rows to compare
 * @param patience gives up when the app, while it lags, gets no further for so long
 * @param list how many rows that are different to name
 */
record VerifyRequest(
    PipelineText pipeline,
    List<String> files,
    TimeRange range,
    Source source,
    Duration patience,
    int list) {
  VerifyRequest {
    files = List.copyOf(files);
  }
}
