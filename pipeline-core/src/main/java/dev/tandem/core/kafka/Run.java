package dev.tandem.core.kafka;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One backfill as {@code P.runs} holds it; the record's key is {@link #id}.
 *
 * @param epoch never used twice
 * @param from start of the range, ISO-8601 with offset, null when open
 * @param to end of the range, exclusive
 * @param source both, files or log
 * @param definitions name and id (16 hexadecimal digits) of the aggregates it computed
 * @param files as they were given
 * @param inputs the same as they were read; empty until then, and in records of older builds
 * @param logFrom of a run that undoes another: the cut of the run whose files it took for the whole
 *     truth, by partition; events that only the log has count from there on. Else empty
 * @param undoes epoch of the run that this one undoes, null for an ordinary one
 * @param cut by partition of the log, the offset of the barrier: what lies before belongs to the
 *     batch; empty until then; -1 where a barrier of this epoch is of an earlier life of the
 *     pipeline
 * @param report what was compared and changed; null until committed
 * @param error why it failed; null otherwise
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Run(
    @JsonProperty("run") String id,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("state") State state,
    @JsonProperty("from") @Nullable String from,
    @JsonProperty("to") @Nullable String to,
    @JsonProperty("source") String source,
    @JsonProperty("definitions") Map<String, String> definitions,
    @JsonProperty("files") List<String> files,
    @JsonProperty("inputs") List<RunInput> inputs,
    @JsonProperty("log_from") Map<Integer, Long> logFrom,
    @JsonProperty("undoes") @Nullable Long undoes,
    @JsonProperty("started_at") String startedAt,
    @JsonProperty("ended_at") @Nullable String endedAt,
    @JsonProperty("cut") Map<Integer, Long> cut,
    @JsonProperty("report") JsonNode report,
    @JsonProperty("error") @Nullable String error) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Run {
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    logFrom = logFrom == null ? Map.of() : Map.copyOf(logFrom);
  }

  /** How far a run has come. */
  public enum State {
    @JsonProperty("started")
    STARTED,
    @JsonProperty("committed")
    COMMITTED,
    /** Ended without publishing; nothing of it is visible. */
    @JsonProperty("failed")
    FAILED
  }

  /** A new run. */
  public static Run started(
      long epoch,
      TimeRange range,
      ZoneId zone,
      String source,
      Map<String, String> definitions,
      List<String> files) {
    return new Run(
        Long.toString(epoch),
        epoch,
        State.STARTED,
        text(range.from(), Long.MIN_VALUE, zone),
        text(range.to(), Long.MAX_VALUE, zone),
        source,
        definitions,
        files,
        List.of(),
        Map.of(),
        null,
        Instant.now().toString(),
        null,
        Map.of(),
        NullNode.getInstance(),
        null);
  }

  /**
   * A run that never was: it keeps its epoch, and all before it, from being used again, whose
   * barriers may still lie in the log.
   */
  public static Run forgotten(long epoch, int partitions) {
    Map<Integer, Long> nowhere = new TreeMap<>();
    for (int p = 0; p < partitions; p++) {
      nowhere.put(p, -1L);
    }
    String now = Instant.now().toString();
    return new Run(
        Long.toString(epoch),
        epoch,
        State.FAILED,
        null,
        null,
        "both",
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        null,
        now,
        now,
        nowhere,
        NullNode.getInstance(),
        "runs up to this one are forgotten: the app has started over");
  }

  private static @Nullable String text(long time, long open, ZoneId zone) {
    return time == open
        ? null
        : Instant.ofEpochMilli(time).atZone(zone).toOffsetDateTime().toString();
  }

  public Run withInputs(List<RunInput> read) {
    return with(state, endedAt, read, cut, report, error);
  }

  public Run withCut(Map<Integer, Long> offsets) {
    return with(state, endedAt, inputs, offsets, report, error);
  }

  public Run committed(JsonNode withReport) {
    return with(State.COMMITTED, Instant.now().toString(), inputs, cut, withReport, null);
  }

  /** The same with more in its report. */
  public Run withReport(JsonNode newReport) {
    return with(state, endedAt, inputs, cut, newReport, error);
  }

  public Run failed(String why) {
    return with(State.FAILED, Instant.now().toString(), inputs, cut, report, why);
  }

  /**
   * The same as the undoing of a run.
   *
   * @param run epoch of the run that it undoes
   * @param from see {@link #logFrom}
   */
  public Run undoing(long run, Map<Integer, Long> from) {
    return new Run(
        id,
        epoch,
        state,
        this.from,
        to,
        source,
        definitions,
        files,
        inputs,
        from,
        run,
        startedAt,
        endedAt,
        cut,
        report,
        error);
  }

  private Run with(
      State newState,
      @Nullable String newEndedAt,
      List<RunInput> newInputs,
      Map<Integer, Long> newCut,
      JsonNode newReport,
      @Nullable String newError) {
    return new Run(
        id,
        epoch,
        newState,
        from,
        to,
        source,
        definitions,
        files,
        newInputs,
        logFrom,
        undoes,
        startedAt,
        newEndedAt,
        newCut,
        newReport,
        newError);
  }

  /**
   * With the source files: by partition, from which offset on events that only the log has count in
   * the range; for most runs this is the cut.
   */
  public Map<Integer, Long> logFromOrCut() {
    return logFrom.isEmpty() ? cut : logFrom;
  }

  /** The rows it speaks of have windows that start in this range. */
  @JsonIgnore
  public TimeRange range() {
    return new TimeRange(
        from == null ? Long.MIN_VALUE : OffsetDateTime.parse(from).toInstant().toEpochMilli(),
        to == null ? Long.MAX_VALUE : OffsetDateTime.parse(to).toInstant().toEpochMilli());
  }

  /** The rows it speaks of, by definition as well. */
  @JsonIgnore
  public Scope scope() {
    return new Scope(
        range(),
        definitions.values().stream()
            .map(id -> Long.parseUnsignedLong(id, 16))
            .collect(Collectors.toUnmodifiableSet()));
  }

  @JsonIgnore
  public boolean isCommitted() {
    return state == State.COMMITTED;
  }

  public byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Run fromBytes(byte[] bytes) {
    try {
      return JSON.readValue(bytes, Run.class);
    } catch (IOException e) {
      throw new UncheckedIOException("not a run", e);
    }
  }
}
