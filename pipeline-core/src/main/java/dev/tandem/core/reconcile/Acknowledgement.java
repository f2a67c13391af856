package dev.tandem.core.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far one partition of the rows has come, a record of the acknowledgements topic as JSON with
 * the partition as its key. It is written in one transaction with, and behind, every row of {@code
 * P.aggregates} it speaks of.
 *
 * @param partition of the partials
 * @param generation every partition of the log has come to this barrier, and all contributions
 *     before it are merged and published; -1 while some partition of the log has not been heard of
 * @param committed epochs whose corrections are merged
 * @param live by definition id (16 hexadecimal digits), since which generation every partition of
 *     the log counts it
 * @param ledgers by partition of the log, what became of its events before the barrier of {@code
 *     generation}; empty while that is -1, and of an app of an older build
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Acknowledgement(
    @JsonProperty("partition") int partition,
    @JsonProperty("generation") long generation,
    @JsonProperty("committed") Set<Long> committed,
    @JsonProperty("live") Map<String, Long> live,
    @JsonProperty("ledgers") Map<Integer, Ledger> ledgers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Acknowledgement {
    committed = Collections.unmodifiableSet(new TreeSet<>(committed));
    live = Collections.unmodifiableMap(new TreeMap<>(live));
    ledgers = ledgers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(ledgers));
  }

  public byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Acknowledgement fromBytes(byte[] bytes) {
    try {
      return JSON.readValue(bytes, Acknowledgement.class);
    } catch (IOException e) {
      throw new UncheckedIOException("not an acknowledgement", e);
    }
  }
}
