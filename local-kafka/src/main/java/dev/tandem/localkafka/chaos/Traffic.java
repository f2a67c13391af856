package dev.tandem.localkafka.chaos;

import dev.tandem.core.fault.FailPoint;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Replays and backfills over parts of the history, one after the other, some at once, some armed
 * with a point at which they die. A replay that is killed is mostly resumed; what is left out then
 * comes with another one, or never.
 */
final class Traffic {
  private static final int REPLAYS_AT_ONCE = 3;
  private static final int SECONDS_A_REPLAY = 25;

  private final Crew crew;
  private final String pipeline;
  private final List<Path> files;
  private final History history;
  private final FailPoints points;
  private final Dice dice;
  private final Journal journal;
  private final Jobs jobs;
  private final Fates fates;
  private int replays;
  private int backfills;
  private long secondAt = Long.MAX_VALUE;
  private boolean open;

  Traffic(
      Crew crew,
      String pipeline,
      List<Path> files,
      History history,
      FailPoints points,
      Dice dice,
      Journal journal,
      Jobs jobs,
      Fates fates) {
    this.crew = crew;
    this.pipeline = pipeline;
    this.files = files;
    this.history = history;
    this.points = points;
    this.dice = dice;
    this.journal = journal;
    this.jobs = jobs;
    this.fates = fates;
  }

  int backfills() {
    return backfills;
  }

  /** From now on killed replays are resumed. */
  void open() {
    open = true;
    secondAt = Long.MAX_VALUE;
  }

  /** Nothing new starts. */
  void close() {
    open = false;
  }

  /** The last backfill of a round, which nobody kills; none when one is at work yet. */
  void last() {
    if (jobs.running(Worker.Kind.BACKFILL).isEmpty()) {
      backfill(true);
    }
  }

  /** Starts what is due; to be called often. */
  void tick() {
    if (jobs.running(Worker.Kind.REPLAY).size() < REPLAYS_AT_ONCE) {
      replay();
    }
    int running = jobs.running(Worker.Kind.BACKFILL).size();
    if (running == 0) {
      backfill(false);
      secondAt =
          dice.chance(0.25)
              ? System.nanoTime() + dice.between(2, 20) * 1_000_000_000L
              : Long.MAX_VALUE;
    } else if (running == 1 && System.nanoTime() > secondAt) {
      secondAt = Long.MAX_VALUE;
      backfill(false);
    }
  }

  private void replay() {
    History.Span span = history.some(dice, dice.chance(0.2) ? 0.15 : 0.05);
    List<String> arguments = new ArrayList<>(List.of("replay", "-p", pipeline));
    history.files(span).forEach(file -> arguments.add(file.toString()));
    range(arguments, span.first(), span.last().plusDays(1));
    long rate = Math.max(20, history.events(span) / dice.between(5, SECONDS_A_REPLAY));
    arguments.addAll(List.of("--rate", Long.toString(rate)));
    String name = "replay " + ++replays;
    journal.say(
        "%s of %,d events, %s to %s", name, history.events(span), span.first(), span.last());
    replay(name, arguments);
  }

  private void replay(String name, List<String> arguments) {
    jobs.add(
        start(Worker.Kind.REPLAY, name, arguments, FailPoint.Where.REPLAY),
        ended -> {
          if (open && ended.status().orElse(1) != 0 && dice.chance(0.75)) {
            List<String> resumed = new ArrayList<>(arguments);
            if (!resumed.contains("--resume")) {
              resumed.add("--resume");
            }
            journal.say("%s is resumed", name);
            replay(name, resumed);
          } else if (ended.status().orElse(1) == 0) {
            fates.took(Worker.Kind.REPLAY, ended.seconds());
          }
        });
  }

  /** Of ten, four die at a point if they reach it, some at any moment, and some live. */
  private Worker start(
      Worker.Kind kind, String name, List<String> arguments, FailPoint.Where where) {
    int die = dice.between(1, 10);
    Worker worker =
        crew.command(kind, name, arguments, die <= 4 ? dice.point(points, where) : Map.of());
    if (die > 4 && die <= (kind == Worker.Kind.REPLAY ? 8 : 6)) {
      fates.command(worker);
    }
    return worker;
  }

  /**
   * @param spared that nobody kills it
   */
  private void backfill(boolean spared) {
    String source = dice.chance(0.9) ? "both" : dice.chance(0.6) ? "log" : "files";
    List<String> arguments = new ArrayList<>(List.of("backfill", "-p", pipeline));
    arguments.addAll(List.of("--source", source, "--max-change", "100%"));
    arguments.addAll(List.of("--set", "ack.timeout=" + dice.between(30, 240) + "s"));
    if (dice.chance(0.1)) {
      arguments.add("--full");
    }
    String days = "everything";
    if (dice.chance(0.7)) {
      History.Span span = source.equals("both") ? history.some(dice, 0.3) : quarter();
      LocalDate to = span.last().plusDays(1);
      range(arguments, span.first(), to);
      days = span.first() + " to " + span.last();
    }
    if (!source.equals("log")) {
      arguments.add("--files");
      files.forEach(file -> arguments.add(file.toString()));
    }
    String name = "backfill " + ++backfills;
    journal.say(
        "%s of %s, source %s%s", name, days, source, spared ? ", the last of this round" : "");
    Worker worker =
        spared
            ? crew.command(Worker.Kind.BACKFILL, name, arguments, Map.of())
            : start(Worker.Kind.BACKFILL, name, arguments, FailPoint.Where.BACKFILL);
    jobs.add(
        worker,
        ended -> {
          if (ended.status().orElse(1) == 0) {
            journal.say("%s is committed", name);
            fates.took(Worker.Kind.BACKFILL, ended.seconds());
          }
        });
  }

  /** Sources other than both stay in few pieces, each of which is verified by itself. */
  private History.Span quarter() {
    int first = dice.between(0, 3);
    return new History.Span(
        history.at(first * 0.25), history.at((first + 1) * 0.25).minusDays(first < 3 ? 1 : 0));
  }

  private static void range(List<String> arguments, LocalDate from, LocalDate to) {
    arguments.addAll(List.of("--from", from.toString(), "--to", to.toString()));
  }
}
