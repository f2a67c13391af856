package dev.tandem.core.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.definition.AggregateDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records of {@code P.baselines}, all JSON. Of a version there is one record a subject and
 * aggregate, one a place, and behind them a header that counts them: without all of them the
 * version does not exist.
 *
 * <ul>
 *   <li>{@code {"version":"7","aggregate":"departures_hourly","subject":"SW 3rd"}}: {@code
 *       {"definition":"0123456789abcdef","expected":[168 numbers],"spread":[168 numbers]}}, an
 *       entry for each hour of the week, midnight of Monday first;
 *   <li>{@code {"version":"7","place":"SW 3rd"}}: {@code {"lat":45.5,"lon":-122.6}};
 *   <li>{@code {"version":"7"}}: a {@link Header}.
 * </ul>
 */
final class BaselineJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter WRITER = JSON.writer();
  private static final ObjectReader KEYS = JSON.readerFor(Key.class);
  private static final ObjectReader PROFILES = JSON.readerFor(Profile.class);
  private static final ObjectReader PLACES = JSON.readerFor(Place.class);
  private static final ObjectReader HEADERS = JSON.readerFor(Header.class);

  /** Enough for counts an hour, and short. */
  private static final int PLACES_KEPT = 3;

  private BaselineJson() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"version", "aggregate", "subject", "place"})
  record Key(
      @JsonProperty("version") String version,
      @JsonProperty("aggregate") @Nullable String aggregate,
      @JsonProperty("subject") @Nullable String subject,
      @JsonProperty("place") @Nullable String place) {
    boolean isHeader() {
      return aggregate == null && place == null;
    }
  }

  record Profile(
      @JsonProperty("definition") String definition,
      @JsonProperty("expected") double[] expected,
      @JsonProperty("spread") double[] spread) {}

  /**
   * What a version was learned from.
   *
   * @param from start of the history, ISO-8601 with offset
   * @param to its end, exclusive
   * @param records how many records of the version there are beside this one
   */
  record Header(
      @JsonProperty("from") String from,
      @JsonProperty("to") String to,
      @JsonProperty("records") long records) {}

  /** All records of a version, in the order in which they are to be written: the header last. */
  static List<Map.Entry<byte[], byte[]>> records(
      String version,
      String from,
      String to,
      Map<AggregateDefinition, Map<String, WeekProfile>> profiles,
      Map<String, Place> places) {
    List<Map.Entry<byte[], byte[]>> records = new ArrayList<>();
    profiles.forEach(
        (aggregate, bySubject) ->
            new TreeMap<>(bySubject)
                .forEach(
                    (subject, profile) ->
                        records.add(
                            entry(
                                new Key(version, aggregate.name(), subject, null),
                                new Profile(
                                    aggregate.hexId(),
                                    rounded(profile, true),
                                    rounded(profile, false))))));
    new TreeMap<>(places)
        .forEach(
            (subject, place) -> records.add(entry(new Key(version, null, null, subject), place)));
    records.add(entry(new Key(version, null, null, null), new Header(from, to, records.size())));
    return records;
  }

  private static double[] rounded(WeekProfile profile, boolean expected) {
    double[] values = new double[Hours.OF_WEEK];
    for (int i = 0; i < values.length; i++) {
      Normal normal = profile.at(i);
      values[i] =
          Texts.rounded(expected ? normal.expected() : normal.spread(), PLACES_KEPT).doubleValue();
    }
    return values;
  }

  private static Map.Entry<byte[], byte[]> entry(Key key, Object value) {
    return Map.entry(bytes(key), bytes(value));
  }

  private static byte[] bytes(Object value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of a baseline", e);
    }
  }

  /** Empty where the bytes are no key of a baseline. */
  static Optional<Key> key(byte[] bytes) {
    return read(KEYS, bytes);
  }

  static Optional<Profile> profile(byte[] bytes) {
    return BaselineJson.<Profile>read(PROFILES, bytes)
        .filter(p -> p.expected().length == Hours.OF_WEEK && p.spread().length == Hours.OF_WEEK);
  }

  static Optional<Place> place(byte[] bytes) {
    return read(PLACES, bytes);
  }

  static Optional<Header> header(byte[] bytes) {
    return read(HEADERS, bytes);
  }

  private static <T> Optional<T> read(ObjectReader reader, byte[] bytes) {
    try {
      return Optional.ofNullable(reader.readValue(bytes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
