package dev.tandem.replay.publish;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.MessageDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.Topics;
import dev.tandem.replay.live.LiveStream;
import dev.tandem.replay.live.Message;
import dev.tandem.replay.merge.Entry;
import dev.tandem.replay.merge.Handoff;
import dev.tandem.replay.meter.Meter;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;

/**
 * Publishes the messages of a live stream as they come: about every second a transaction takes the
 * events, what is no event, and how far the stream has come, together. So the next ingest of the
 * stream, after a stop or a crash, goes on exactly behind what is published.
 */
public final class Ingest {
  private static final long COMMIT_NANOS = 1_000_000_000L;
  private static final int COMMIT_MESSAGES = 50_000;
  private static final String REMEDY =
      "start it again, it goes on where it stopped as far as the stream can";

  private final URI address;
  private final Opener opener;
  private final Options options;
  private final Meter meter;
  private final Plan plan;
  private final MessageDecoder decoder;
  private final Encoder encoder;
  private StreamTally tally;
  private volatile boolean stopping;
  private long received;
  private long uncommitted;
  private long lastCommit;

  /** Opens the stream at a place. */
  @FunctionalInterface
  public interface Opener {
    /**
     * @param last the place of the last message dealt with; empty where there is none
     */
    LiveStream open(OptionalLong last);
  }

  /**
   * How an ingest went.
   *
   * @param tally of all messages, also those of earlier ingests
   * @param received messages by this one
   */
  public record Result(StreamTally tally, long received, long connections, double seconds) {}

  /**
   * @throws TandemException of wrong use where the pipeline reads no JSON
   */
  public Ingest(
      PipelineDefinition pipeline, URI address, Opener opener, Options options, Meter meter) {
    this.address = address;
    this.opener = opener;
    this.options = options;
    this.meter = meter;
    this.plan = Plan.ofStream(pipeline, LiveStream.name(address), address.toString());
    this.decoder = MessageDecoder.of(pipeline);
    this.encoder = new Encoder(plan);
    this.tally = new StreamTally(plan, Optional.empty());
  }

  /** Asks {@link #run} to commit and return soon. Thread-safe. */
  public void stop() {
    stopping = true;
  }

  /**
   * Runs until it is stopped; once.
   *
   * @throws TandemException when Kafka or topics are not as they must be, or the stream refuses for
   *     good; what came before is committed
   */
  public Result run() {
    Topics topics = Topics.of(plan.pipeline());
    try (Admin admin =
        KafkaConnection.connect(options.kafka(), options.connectTimeout(), meter::say)) {
      int partitions = PipelineTopics.ready(admin, topics, options, meter::say);
      try (Sink sink = new Sink(options.kafka(), plan, partitions, fenced(), REMEDY)) {
        Optional<Progress> earlier =
            Optional.ofNullable(
                ProgressLog.read(options.kafka(), admin, topics.progress()).get(plan.id()));
        tally = new StreamTally(plan, earlier);
        return ingest(sink);
      }
    }
  }

  private String fenced() {
    return "Ingest %s of %s was ended: another one of the same stream has started, or it stood still for more than %d s; %s"
        .formatted(plan.id(), LiveStream.name(address), Transactions.TIMEOUT.toSeconds(), REMEDY);
  }

  private Result ingest(Sink sink) {
    long begin = System.nanoTime();
    lastCommit = begin;
    try (LiveStream stream = opener.open(tally.cursor())) {
      while (!stopping) {
        Handoff.Batch<Message> batch = stream.poll();
        batch.items().forEach(message -> deal(message, sink));
        stream.drainNotices(meter::say);
        boolean failed = batch.failure().isPresent();
        commitWhen(failed || isDue(), sink);
        if (failed) {
          throw batch.failure().get();
        }
        meter.show(received, 0);
      }
      commitWhen(true, sink);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Result(tally, received, stream.connections(), seconds);
    }
  }

  private void deal(Message message, Sink sink) {
    received++;
    uncommitted++;
    if (message.wanted()) {
      publish(message, sink);
    } else {
      tally.passOver();
    }
    tally.at(message.cursor());
  }

  private void publish(Message message, Sink sink) {
    Decoded decoded = decoder.decode(tally.messages() + 1, message.bytes(), message.cut());
    Output output = encoder.encode(Entry.of(plan.sources().get(0), decoded));
    sink.send(output);
    if (output.fate() == Fate.PUBLISH) {
      tally.publish(output.entry().time());
    } else {
      tally.reject();
    }
  }

  private boolean isDue() {
    return uncommitted >= COMMIT_MESSAGES || System.nanoTime() - lastCommit >= COMMIT_NANOS;
  }

  private void commitWhen(boolean due, Sink sink) {
    if (due && uncommitted > 0) {
      sink.commit(tally.progress());
      uncommitted = 0;
    }
    if (due) {
      lastCommit = System.nanoTime();
    }
  }
}
