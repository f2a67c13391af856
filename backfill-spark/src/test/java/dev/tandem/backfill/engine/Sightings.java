package dev.tandem.backfill.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Made-up events with everything that may divide two engines: any script, nulls, hours around both
 * clock changes of Berlin in 2017, negative and very large numbers, repeats. The same for the same
 * seed.
 */
final class Sightings {
  static final String YAML =
      """
      pipeline: sightings
      zone: Europe/Berlin
      fields:
        id: string
        at: timestamp
        done_at: timestamp
        place: string
        floor: long
        open: boolean
        tags: strings
        n: long
        price: {type: decimal, scale: 2}
        kind: string
      id: id
      time: at
      formats:
        lines:
          type: json-lines
          paths:
            id: id
            at: {from: at, as: iso}
            done_at: {from: done_at, as: iso}
            place: place
            floor: floor
            open: open
            tags: "tags[]"
            n: n
            price: price
            kind: kind
      rules:
        - null_outside: price
          range: [-1000, 1000]
        - null_unless_within: done_at
          after: at
          within: 24h
      metrics:
        events: count
        n: stats
        price: stats
        spread: {histogram: price}
        kinds: {distinct: kind}
      aggregates:
        hourly: {by: [place], window: hour}
        daily: {by: [floor, open], window: day}
        weekly: {window: week, time: done_at}
        monthly: {by: [tags], window: month}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] PLACES = {
    "Zürich", "東京", "🚲 north", "a\u0000b", "'; drop table", "e\u0301", "é", "null", "A", "a"
  };
  private static final long[] HOURS = {
    Instant.parse("2017-03-25T21:00:00Z").toEpochMilli(),
    Instant.parse("2017-10-28T21:00:00Z").toEpochMilli(),
    Instant.parse("2017-12-31T20:00:00Z").toEpochMilli()
  };

  private final List<Sighting> all = new ArrayList<>();

  /** One event as a file has it. */
  record Sighting(
      String id,
      long at,
      @Nullable Long doneAt,
      @Nullable String place,
      @Nullable Long floor,
      @Nullable Boolean open,
      List<String> tags,
      @Nullable Long n,
      @Nullable BigDecimal price,
      @Nullable String kind) {}

  Sightings(long seed, int count) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      all.add(sighting(random, i));
    }
  }

  private static Sighting sighting(Random random, int i) {
    long at = HOURS[random.nextInt(HOURS.length)] + random.nextInt(7 * 3_600_000);
    return new Sighting(
        "s-" + i,
        at,
        random.nextInt(5) == 0
            ? null
            : Long.valueOf(at + random.nextInt(30 * 3_600_000) - 3_600_000),
        random.nextInt(6) == 0 ? null : PLACES[random.nextInt(PLACES.length)],
        random.nextInt(6) == 0 ? null : Long.valueOf(random.nextInt(4) - 2),
        random.nextInt(6) == 0 ? null : Boolean.valueOf(random.nextBoolean()),
        random.ints(random.nextInt(4), 0, 3).mapToObj(t -> PLACES[t]).toList(),
        switch (random.nextInt(5)) {
          case 0 -> null;
          case 1 -> 1_000_000_000_000_000L;
          case 2 -> -1_000_000_000_000_000L;
          default -> Long.valueOf(random.nextInt(2_000_001) - 1_000_000);
        },
        random.nextInt(6) == 0 ? null : BigDecimal.valueOf(random.nextInt(300_000) - 150_000, 2),
        random.nextInt(6) == 0 ? null : "kind " + random.nextInt(40));
  }

  /** As lines of JSON, some of them twice. */
  Path write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String line = json(all.get(i));
      lines.add(line);
      if (i % 7 == 0) {
        lines.add(line);
      }
    }
    return Files.write(file, lines);
  }

  private static String json(Sighting s) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", s.id);
    fields.put("at", Instant.ofEpochMilli(s.at).toString());
    fields.put("done_at", s.doneAt == null ? null : Instant.ofEpochMilli(s.doneAt).toString());
    fields.put("place", s.place);
    fields.put("floor", s.floor);
    fields.put("open", s.open);
    fields.put("tags", s.tags);
    fields.put("n", s.n);
    fields.put("price", s.price);
    fields.put("kind", s.kind);
    return JSON.writeValueAsString(fields);
  }

  /** As tables {@code sightings}, a row an event, and {@code tags}, a row an event and tag. */
  void load(Connection duckdb) throws SQLException {
    try (var sql = duckdb.createStatement()) {
      sql.execute(
          "create or replace table sightings (id varchar, at_ms bigint, done_ms bigint, place"
              + " varchar, floor bigint, open boolean, n bigint, price decimal(18, 2), kind"
              + " varchar)");
      sql.execute("create or replace table tags (id varchar, tag varchar)");
    }
    try (PreparedStatement event =
            duckdb.prepareStatement("insert into sightings values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement tag = duckdb.prepareStatement("insert into tags values (?, ?)")) {
      for (Sighting s : all) {
        Object[] values = {s.id, s.at, s.doneAt, s.place, s.floor, s.open, s.n, s.price, s.kind};
        for (int i = 0; i < values.length; i++) {
          event.setObject(i + 1, values[i]);
        }
        event.execute();
        for (String t : s.tags) {
          tag.setString(1, s.id);
          tag.setString(2, t);
          tag.execute();
        }
      }
    }
  }
}
