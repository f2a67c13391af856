package dev.tandem.streams.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Answers that a client asks for again and again, and gets only when they have changed. */
final class Tagged {
  private Tagged() {}

  /** The {@code ETag} of a content. */
  static String tag(byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    return "W/\""
        + Long.toHexString(sum.getValue())
        + "-"
        + Integer.toHexString(content.length)
        + "\"";
  }

  /** Sends the content, or 304 to a client who has it. */
  static void send(Context http, String type, byte[] content, String tag) {
    http.header("ETag", tag);
    if (known(http).contains(tag)) {
      http.status(304);
      return;
    }
    http.contentType(type).result(content);
  }

  /** JSON that a client may keep, and asks about before it uses it again. */
  static void json(Context http, JsonNode json) {
    json(http, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #json(Context, JsonNode)}. */
  static void json(Context http, byte[] json) {
    http.header("Cache-Control", "private, no-cache");
    send(http, "application/json", json, tag(json));
  }

  private static List<String> known(Context http) {
    String header = http.header("If-None-Match");
    return header == null ? List.of() : Stream.of(header.split(",")).map(String::strip).toList();
  }
}
