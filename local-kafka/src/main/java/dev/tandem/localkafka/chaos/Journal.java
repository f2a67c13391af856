package dev.tandem.localkafka.chaos;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says each thing that is done, in a line with the time, and counts what was killed. */
final class Journal {
  static final String BY_SURPRISE = "at some moment";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintWriter out;
  private final Map<Worker.Kind, Map<String, Integer>> killed = new TreeMap<>();
  private int failed;

  Journal(PrintWriter out) {
    this.out = out;
  }

  synchronized void say(String format, Object... values) {
    String text = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    out.println(LocalTime.now().format(TIME) + "  " + text);
    out.flush();
  }

  /** A line of the summary. */
  void sum(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** A process has ended, whyever. */
  void ended(Worker worker) {
    if (worker.point().isPresent()) {
      count(worker.kind(), worker.point().get());
      say("%s died at %s", worker.name(), worker.point().get());
    } else if (worker.failed()) {
      failed++;
      say(
          "%s ended with status %d: %s",
          worker.name(), worker.status().orElse(0), worker.lastLine());
    }
  }

  void kill(Worker worker) {
    if (worker.isAlive() && !worker.wasKilled()) {
      say("kill -9 %s", worker.name());
      count(worker.kind(), BY_SURPRISE);
      worker.kill();
    }
  }

  private void count(Worker.Kind kind, String how) {
    killed.computeIfAbsent(kind, k -> new TreeMap<>()).merge(how, 1, Integer::sum);
  }

  int kills() {
    return killed.keySet().stream().mapToInt(this::kills).sum();
  }

  private int kills(Worker.Kind kind) {
    return killed.getOrDefault(kind, Map.of()).values().stream().mapToInt(n -> n).sum();
  }

  /** How many ended with an error by themselves, such as a replay whose broker was gone. */
  int failed() {
    return failed;
  }

  void sumKills() {
    sum("killed             %d processes", kills());
    killed.forEach(
        (kind, how) ->
            sum(
                "  %-17s%d: %s",
                kind.text(),
                kills(kind),
                how.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(", "))));
  }
}
