package dev.tandem.replay.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.SourceFormat;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Public posts as X's API v1.1 gives them, one JSON object a line: with and without entities, with
 * {@code text} or {@code full_text}, some sent twice or late, and between them lines that are no
 * posts.
 */
final class PostsGenerator implements Generator {
  private static final Set<String> PATHS =
      Set.of("id_str", "created_at", "text", "full_text", "lang", "entities.hashtags[].text");
  private static final Set<String> NEEDED = Set.of("id_str", "created_at");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter CREATED_AT =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);
  private static final long FIRST_ID = 815_000_000_000_000_000L;

  private static final int EVENTS_PER_BROKEN_LINE = 400;
  private static final int EVENTS_PER_REPEAT = 250;
  private static final int EVENTS_PER_LATE_POST = 300;
  private static final int LINES_LATE = 40;

  private final ZoneId zone;

  PostsGenerator(ZoneId zone) {
    this.zone = zone;
  }

  /** Whether files with our paths are of this format, and all of it. */
  static boolean fits(SourceFormat format) {
    Set<String> first =
        format.sources().stream()
            .map(FieldSource::parts)
            .filter(parts -> parts.size() == 1)
            .map(parts -> parts.get(0).get(0))
            .collect(Collectors.toSet());
    return format.kind() == SourceFormat.Kind.JSON_LINES
        && first.size() == format.sources().size()
        && PATHS.containsAll(first)
        && first.containsAll(NEEDED);
  }

  @Override
  public String ending() {
    return ".jsonl.gz";
  }

  @Override
  public void write(Month month, Random random, Writer out) throws IOException {
    long[] moments = Moments.of(month, zone, random);
    String late = "";
    int lateAt = -1;
    for (int i = 0; i < moments.length; i++) {
      long number = month.first() + i;
      String line = post(number, moments[i], random);
      if (number % EVENTS_PER_LATE_POST == 20 && late.isEmpty()) {
        late = line;
        lateAt = Math.min(i + LINES_LATE, moments.length - 1);
      } else {
        line(line, out);
      }
      if (i == lateAt) {
        line(late, out);
        late = "";
      }
      if (number % EVENTS_PER_REPEAT == 60) {
        line(line, out);
      }
      if (number % EVENTS_PER_BROKEN_LINE == 10) {
        line(broken((int) (number / EVENTS_PER_BROKEN_LINE), line), out);
      }
    }
  }

  private static void line(String text, Writer out) throws IOException {
    out.write(text);
    out.write('\n');
  }

  private String post(long number, long second, Random random) {
    ObjectNode post = NODES.objectNode();
    LocalDateTime at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    post.put("created_at", CREATED_AT.format(at.atZone(zone)));
    post.put("id_str", Long.toString(FIRST_ID + number * 1_000_003L + random.nextInt(1_000_000)));
    PostText text = PostText.of(random);
    if (!Chance.is(0.005, random)) {
      post.put(Chance.is(0.2, random) ? "full_text" : "text", text.text());
    }
    if (Chance.is(0.9, random)) {
      post.put("lang", text.language());
    }
    if (Chance.is(0.6, random)) {
      entities(text.hashtags(), post);
    }
    return post.toString();
  }

  private static void entities(List<String> hashtags, ObjectNode post) {
    ArrayNode list = post.putObject("entities").putArray("hashtags");
    hashtags.forEach(tag -> list.addObject().put("text", tag));
  }

  /** What comes between posts when something went wrong, or was not for us. */
  private static String broken(int kind, String post) {
    return switch (kind % 8) {
      case 0 -> "{}";
      case 1 -> post.substring(0, post.length() / 2);
      case 2 -> "<html><body><h1>503 Service Unavailable</h1></body></html>";
      case 3 ->
          "{\"delete\":{\"status\":{\"id_str\":\"815000000000000001\",\"user_id_str\":\"7\"}}}";
      case 4 -> post.replaceFirst("\"created_at\":\"\\w+ \\w+ \\d+", "\"created_at\":\"Thu Feb 30");
      case 5 -> "[" + post + "]";
      case 6 -> post.replaceFirst("\"id_str\":\"\\d+\"", "\"id_str\":\"\"");
      default -> post.replaceFirst("\"id_str\":\"", "\"id_str\":\"\\\\ud83d");
    };
  }
}
