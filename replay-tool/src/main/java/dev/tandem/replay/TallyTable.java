package dev.tandem.replay;

import dev.tandem.replay.console.TextTable;
import dev.tandem.replay.merge.Source;
import dev.tandem.replay.publish.Plan;
import dev.tandem.replay.publish.Tallies;
import dev.tandem.replay.publish.Tally;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The counts of a replay as a table, a line a file. */
final class TallyTable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Plan plan;
  private final Tallies tallies;

  TallyTable(Plan plan, Tallies tallies) {
    this.plan = plan;
    this.tallies = tallies;
  }

  void print(PrintWriter out) {
    List<String> header =
        List.of(
            "file",
            "rows",
            "events",
            "rejected",
            "outside",
            "out of order",
            "first event",
            "last event",
            "why rejected");
    List<List<String>> lines = new ArrayList<>();
    for (Source source : plan.sources()) {
      lines.add(line(source.name(), tallies.of(source)));
    }
    lines.add(line("all", tallies.total()));
    new TextTable(header, lines).print(out);
  }

  private List<String> line(String name, Tally tally) {
    StringJoiner reasons = new StringJoiner(", ");
    tally.rejectedByReason().forEach((r, n) -> reasons.add("%s %,d".formatted(r.code(), n)));
    boolean none = tally.events() == 0;
    return List.of(
        name,
        number(tally.rows()),
        number(tally.events()),
        number(tally.rejected()),
        number(tally.outside()),
        number(tally.outOfOrder()),
        none ? "" : time(tally.first()),
        none ? "" : time(tally.last()),
        reasons.toString());
  }

  private String time(long millis) {
    ZoneId zone = plan.pipeline().zone();
    return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  private static String number(long n) {
    return "%,d".formatted(n);
  }
}
