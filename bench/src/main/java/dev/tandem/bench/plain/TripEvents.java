package dev.tandem.bench.plain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads events as Tandem's topic has them, without a tree, and counts them. For one thread. */
public final class TripEvents {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long HOUR = 3_600;

  private final Names.Shared shared;
  private final Map<String, Integer> names = new HashMap<>();
  private final LocalClock clock = new LocalClock();
  private final Moment start = new Moment();
  private final Moment end = new Moment();

  private int plan;
  private int from;
  private int to;
  private long seconds;
  private long cents;

  public TripEvents(Names.Shared shared) {
    this.shared = shared;
  }

  /**
   * Counts an event.
   *
   * @throws UncheckedIOException when it is no JSON
   * @throws IllegalArgumentException when it has no start
   */
  public void add(byte[] event, TripTables tables) {
    start.there = false;
    end.there = false;
    plan = 0;
    from = 0;
    to = 0;
    seconds = RowTable.NONE;
    cents = RowTable.NONE;
    try (JsonParser json = JSON.createParser(event)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        if (json.nextToken() != JsonToken.VALUE_NULL) {
          read(field, json);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!start.there) {
      throw new IllegalArgumentException(
          "no started_at in " + new String(event, StandardCharsets.UTF_8));
    }
    tables.add(
        start.day,
        Math.floorDiv(start.seconds, HOUR),
        Math.floorDiv(end.seconds, HOUR),
        end.there ? end.seconds - start.seconds : TripTables.NO_END,
        plan,
        from,
        to,
        seconds,
        cents);
  }

  private void read(String field, JsonParser json) throws IOException {
    switch (field) {
      case "started_at" -> start.read(json);
      case "ended_at" -> end.read(json);
      case "plan" -> plan = name(json);
      case "start_station" -> from = name(json);
      case "end_station" -> to = name(json);
      case "duration_s" -> seconds = json.getLongValue();
      case "distance_mi" -> cents = json.getDecimalValue().movePointRight(2).longValue();
      default -> json.skipChildren();
    }
  }

  private int name(JsonParser json) throws IOException {
    return names.computeIfAbsent(json.getText(), shared::number);
  }

  /** A date and time with its offset, as {@code 2017-07-01T08:05:00-07:00}. */
  private final class Moment {
    private boolean there;
    private int day;
    private long seconds;

    void read(JsonParser json) throws IOException {
      char[] text = json.getTextCharacters();
      int at = json.getTextOffset();
      int length = json.getTextLength();
      there = true;
      day =
          clock.day(two(text, at) * 100 + two(text, at + 2), two(text, at + 5), two(text, at + 8));
      long local = day * 24L + two(text, at + 11);
      long offset = 0;
      int sign = at + length - "+00:00".length();
      if (text[at + length - 1] != 'Z') {
        offset = two(text, sign + 1) * HOUR + two(text, sign + 4) * 60L;
        offset = text[sign] == '-' ? -offset : offset;
      }
      seconds = local * HOUR + two(text, at + 14) * 60L + two(text, at + 17) - offset;
    }

    private static int two(char[] text, int at) {
      return (text[at] - '0') * 10 + text[at + 1] - '0';
    }
  }
}
