package dev.tandem.replay.publish;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay got, as {@code P.progress} holds it; the record's key is {@link #replay}. It is
 * written in the transaction of the events that it counts.
 *
 * @param order see {@link Plan#order}
 * @param from start of the range, ISO-8601 with offset, null when open
 * @param to its end, exclusive
 * @param position how many records of the merged files are dealt with
 * @param rows of the files, without headers: events + rejected + outside
 * @param events published
 * @param rejected rows that are no events, published to {@code P.rejected}
 * @param outside events that the range leaves out; of a live stream messages passed over
 * @param outOfOrder events published behind one of a later time
 * @param lastEventTime the latest event time published, ISO-8601 with offset, null before the first
 * @param cursor of a live stream: the place of the last message dealt with, null where it says none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Progress(
    @JsonProperty("replay") String replay,
    @JsonProperty("state") State state,
    @JsonProperty("files") List<File> files,
    @JsonProperty("from") @Nullable String from,
    @JsonProperty("to") @Nullable String to,
    @JsonProperty("order") String order,
    @JsonProperty("position") long position,
    @JsonProperty("rows") long rows,
    @JsonProperty("events") long events,
    @JsonProperty("rejected") long rejected,
    @JsonProperty("outside") long outside,
    @JsonProperty("out_of_order") long outOfOrder,
    @JsonProperty("last_event_time") @Nullable String lastEventTime,
    @JsonProperty("started_at") String startedAt,
    @JsonProperty("updated_at") String updatedAt,
    @JsonProperty("cursor") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long cursor) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Progress {
    files = List.copyOf(files);
  }

  /** Where a replay stands. */
  public enum State {
    /** At work, or broken off: it can be resumed. */
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("finished")
    FINISHED
  }

  /**
   * A file's share.
   *
   * @param file absolute path
   * @param bytes its size when the replay began
   * @param line the last line dealt with in merged order; 0 before the first
   */
  public record File(
      @JsonProperty("file") String file,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("rows") long rows,
      @JsonProperty("events") long events,
      @JsonProperty("rejected") long rejected,
      @JsonProperty("line") long line) {}

  public byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws UncheckedIOException when it is something else
   */
  public static Progress fromBytes(byte[] bytes) {
    try {
      return JSON.readValue(bytes, Progress.class);
    } catch (IOException e) {
      throw new UncheckedIOException("not the progress of a replay", e);
    }
  }
}
