package dev.tandem.localkafka.chaos;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.LedgerCheck;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.time.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds every row that is served, and the ledger, against what must be. */
final class Check {
  private static final Pattern VERDICT =
      Pattern.compile("([\\d,]+) rows compared, ([\\d,]+) different, ([\\d,]+) moving.*");
  private static final int TRIES = 3;
  private static final long LEDGER_NANOS = 240_000_000_000L;

  private final PipelineDefinition pipeline;
  private final List<Path> files;
  private final Crew crew;
  private final Journal journal;
  private final Jobs jobs;
  private final LogCount count;
  private final Map<String, String> kafka;
  private long compared;
  private long different;
  private long events;
  private boolean balanced = true;
  private Collection<Run> runs = List.of();

  Check(PipelineDefinition pipeline, List<Path> files, Crew crew, Journal journal, Jobs jobs) {
    this.pipeline = pipeline;
    this.files = files;
    this.crew = crew;
    this.journal = journal;
    this.jobs = jobs;
    this.count = new LogCount(Topics.of(pipeline));
    this.kafka = Map.of("bootstrap.servers", crew.bootstrap());
  }

  /** Lets other things go on while this waits. */
  @FunctionalInterface
  interface Pause {
    void pause() throws InterruptedException;

    default void until(BooleanSupplier done) throws InterruptedException {
      while (!done.getAsBoolean()) {
        pause();
      }
    }
  }

  /** Rows compared so far, each as often as it was. */
  long compared() {
    return compared;
  }

  long different() {
    return different;
  }

  /** Events in the log, as of the last check. */
  long events() {
    return events;
  }

  boolean balanced() {
    return balanced;
  }

  /** As of the last check. */
  Collection<Run> runs() {
    return runs;
  }

  /** Whether all is right. */
  boolean run(Pause pause) throws InterruptedException {
    return ledger(pause) & rows(pause);
  }

  private boolean ledger(Pause pause) throws InterruptedException {
    Topics topics = Topics.of(pipeline);
    try (TopicReader reader = new TopicReader(kafka)) {
      events = count.events(reader);
      long deadline = System.nanoTime() + LEDGER_NANOS;
      while (true) {
        LedgerCheck ledger = LedgerCheck.read(reader, topics);
        boolean complete = ledger.total().read() == events && ledger.total().parked() == 0;
        if (complete && ledger.recount(reader, topics).balances()) {
          journal.say("ledger of %,d events in the log: %s", events, ledger.line());
          return true;
        }
        if (System.nanoTime() > deadline) {
          balanced = false;
          journal.say("LEDGER of %,d events in the log: %s  <<< WRONG", events, ledger.line());
          return false;
        }
        pause.pause();
      }
    }
  }

  private boolean rows(Pause pause) throws InterruptedException {
    try (RunLog log = new RunLog(kafka, Topics.of(pipeline))) {
      log.refresh();
      runs = List.copyOf(log.runs().values());
    }
    boolean right = true;
    for (Segments.Segment segment : Segments.of(runs)) {
      right &= rows(segment, pause);
    }
    return right;
  }

  private boolean rows(Segments.Segment segment, Pause pause) throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("verify", "-p", pipeline.name(), "--source", segment.source()));
    arguments.addAll(List.of("--set", "ack.timeout=120s"));
    StringBuilder what = new StringBuilder();
    if (segment.range().from() != TimeRange.ALL.from()) {
      arguments.addAll(List.of("--from", day(segment.range().from())));
      what.append(" from ").append(day(segment.range().from()));
    }
    if (segment.range().to() != TimeRange.ALL.to()) {
      arguments.addAll(List.of("--to", day(segment.range().to())));
      what.append(" to ").append(day(segment.range().to()));
    }
    if (!segment.source().equals("log")) {
      arguments.add("--files");
      files.forEach(file -> arguments.add(file.toString()));
    }
    for (int i = 0; i < TRIES; i++) {
      Worker verify = crew.command(Worker.Kind.OTHER, "verify", arguments, Map.of());
      jobs.add(verify, ended -> {});
      pause.until(() -> !verify.isAlive());
      Matcher verdict = VERDICT.matcher(verify.lastLine());
      if (verdict.matches()) {
        long wrong = number(verdict.group(2)) + number(verdict.group(3));
        compared += number(verdict.group(1));
        different += wrong;
        journal.say(
            "verify%s, source %s: %s%s",
            what, segment.source(), verify.lastLine(), wrong == 0 ? "" : "  <<< WRONG");
        return wrong == 0;
      }
    }
    journal.say("verify%s, source %s: NO ANSWER", what, segment.source());
    return false;
  }

  private String day(long time) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(time), pipeline.zone()).toString();
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace(",", ""));
  }
}
