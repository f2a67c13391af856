package dev.tandem.replay.publish;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.Topics;
import dev.tandem.replay.merge.Handoff;
import dev.tandem.replay.merge.Intake;
import dev.tandem.replay.merge.Interrupted;
import dev.tandem.replay.merge.Merge;
import dev.tandem.replay.merge.Source;
import dev.tandem.replay.meter.Meter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Publishes the records of files in event order, each once: about every second a transaction takes
 * the records and the progress together.
 *
 * <p>A failure leaves what was committed. A file that breaks off is a failure after all that
 * precedes the break was committed.
 */
public final class Replay {
  private static final long COMMIT_NANOS = 1_000_000_000L;
  private static final int COMMIT_RECORDS = 200_000;
  private static final long LONGEST_SLEEP_NANOS = 50_000_000L;

  private final Plan plan;
  private final Options options;
  private final Meter meter;
  private final Pacer pacer;
  private final Intake intake = new Intake();
  private final Tallies tallies;
  private final long totalBytes;
  private volatile boolean stopping;
  private Optional<Progress> committed = Optional.empty();
  private long sent;
  private long sentEvents;
  private long uncommitted;
  private long lastCommit;

  /**
   * How a replay ended.
   *
   * @param tallies of all rows, also those of earlier replays that this one resumed
   * @param sent records published by this one
   * @param sentEvents those of them that are events
   */
  public record Result(
      Outcome outcome, Tallies tallies, long sent, long sentEvents, double seconds) {}

  /** In which way a replay ended. */
  public enum Outcome {
    FINISHED,
    /** An earlier one had published everything. */
    NOTHING_TO_DO,
    /** Asked to; what was published until then is committed. */
    STOPPED
  }

  public Replay(Plan plan, Options options, Meter meter) {
    this.plan = plan;
    this.options = options;
    this.meter = meter;
    this.pacer = new Pacer(options.speed(), options.rate());
    this.tallies = new Tallies(plan);
    this.totalBytes = plan.sources().stream().mapToLong(Source::bytes).sum();
  }

  /** What is published for good, also after a failure; empty before the first time. */
  public Optional<Progress> committed() {
    return committed;
  }

  /** Asks {@link #run} to commit and return soon. Thread-safe. */
  public void stop() {
    stopping = true;
  }

  /**
   * Replays; once.
   *
   * @throws TandemException when files, Kafka or topics are not as they must be
   */
  public Result run() {
    if (options.resume() && !plan.isResumable()) {
      throw TandemException.wrongUse(
          "--resume with standard input: it cannot be read again; put it into a file, or let its"
              + " source send some of it again: repeated events are dropped");
    }
    Topics topics = Topics.of(plan.pipeline());
    try (Merge merge = new Merge(plan.pipeline(), plan.sources(), intake);
        Admin admin =
            KafkaConnection.connect(options.kafka(), options.connectTimeout(), meter::say)) {
      int partitions = PipelineTopics.ready(admin, topics, options, meter::say);
      try (Sink sink = new Sink(options.kafka(), plan, partitions, fenced(), plan.remedy())) {
        Start start =
            Start.decide(
                plan,
                options.resume(),
                ProgressLog.read(options.kafka(), admin, topics.progress()));
        if (start instanceof Start.At at) {
          at.notice().ifPresent(meter::say);
          return replay(merge, sink, at.position());
        }
        return new Result(Outcome.NOTHING_TO_DO, tallies, 0, 0, 0);
      }
    }
  }

  private String fenced() {
    return "Replay %s was ended: another one of the same files has started, or it stood still for more than %d s; %s"
        .formatted(plan.id(), Transactions.TIMEOUT.toSeconds(), plan.remedy());
  }

  private Result replay(Merge merge, Sink sink, long skip) {
    long begin = System.nanoTime();
    lastCommit = begin;
    try (Stage stage = new Stage(merge, plan, skip)) {
      boolean last = false;
      while (!last && !stopping) {
        Handoff.Batch<Output> batch = stage.poll();
        publish(batch.items(), sink, skip);
        last = batch.last();
        failAfterCommit(batch, sink);
        commitWhenDue(sink);
        show();
      }
    }
    commit(sink, stopping ? Progress.State.RUNNING : Progress.State.FINISHED);
    show();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Result(
        stopping ? Outcome.STOPPED : Outcome.FINISHED, tallies, sent, sentEvents, seconds);
  }

  private void publish(List<Output> outputs, Sink sink, long skip) {
    for (Output output : outputs) {
      boolean toSend = tallies.position() >= skip && output.fate() != Fate.OUTSIDE;
      if (toSend && !awaitTurn(output, sink)) {
        return;
      }
      tallies.add(output.entry(), output.fate());
      if (toSend) {
        sink.send(output);
        sent++;
        sentEvents += output.fate() == Fate.PUBLISH ? 1 : 0;
        uncommitted++;
        pacer.passed(System.nanoTime());
      }
    }
  }

  /** Whether the record is due now; otherwise the replay was asked to stop. */
  private boolean awaitTurn(Output output, Sink sink) {
    while (!stopping) {
      long now = System.nanoTime();
      long wait =
          output.fate() == Fate.PUBLISH
              ? pacer.nanosUntilDue(output.entry().time(), now)
              : pacer.nanosUntilDue(now);
      if (wait == 0) {
        return true;
      }
      commitWhenDue(sink);
      show();
      sleep(Math.min(wait, LONGEST_SLEEP_NANOS));
    }
    return false;
  }

  private void commitWhenDue(Sink sink) {
    long now = System.nanoTime();
    if (uncommitted >= COMMIT_RECORDS || (uncommitted > 0 && now - lastCommit >= COMMIT_NANOS)) {
      commit(sink, Progress.State.RUNNING);
    }
  }

  private void commit(Sink sink, Progress.State state) {
    Progress progress = tallies.progress(state);
    sink.commit(progress);
    committed = Optional.of(progress);
    uncommitted = 0;
    lastCommit = System.nanoTime();
  }

  private void failAfterCommit(Handoff.Batch<Output> batch, Sink sink) {
    if (batch.failure().isPresent()) {
      commit(sink, Progress.State.RUNNING);
      throw batch.failure().get();
    }
  }

  private void show() {
    double share = totalBytes == 0 ? 0 : (double) intake.bytes() / totalBytes;
    meter.show(tallies.position(), share == 0 ? 0 : Math.round(intake.rows() / share));
  }

  private static void sleep(long nanos) {
    try {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }
}
