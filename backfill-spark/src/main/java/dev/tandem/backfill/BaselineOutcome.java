package dev.tandem.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.backfill.engine.NewBaseline;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What came of learning in a run.
 *
 * @param text for a person
 * @param json what the run's report says under {@code learned}
 */
record BaselineOutcome(String text, ObjectNode json) {

  boolean isPublished() {
    return json.hasNonNull("baseline");
  }

  static BaselineOutcome published(String version, NewBaseline learned, ZoneId zone) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String from = time(learned.range().first(), zone);
    String to = time(learned.range().end(), zone);
    json.put("baseline", version).put("from", from).put("to", to);
    ObjectNode subjects = json.putObject("subjects");
    learned.profiles().forEach((a, bySubject) -> subjects.put(a.name(), bySubject.size()));
    json.put("places", learned.places().size());
    json.put("left_out", learned.leftOut());
    String text =
        BatchSteps.text(
            "baseline %s: %,d subjects by hour of the week, %,d places, from %s to %s%s",
            version,
            learned.subjects(),
            learned.places().size(),
            from,
            to,
            learned.leftOut() == 0
                ? ""
                : BatchSteps.text("; %,d rare subjects are left out", learned.leftOut()));
    return new BaselineOutcome(text, json);
  }

  static BaselineOutcome tooShort() {
    String why = "less than a week to learn from";
    return none("no baseline: there is " + why, why);
  }

  static BaselineOutcome failed(long epoch, RuntimeException failure) {
    String why = String.valueOf(failure.getMessage());
    return none(
        "warning: run %d stands, but no baseline was learned (%s): decisions go on against the one before; the next backfill learns again, or set decisions.learn=false"
            .formatted(epoch, why),
        why);
  }

  private static BaselineOutcome none(String text, String why) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putNull("baseline").put("why", why);
    return new BaselineOutcome(text, json);
  }

  private static String time(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toOffsetDateTime().toString();
  }
}
