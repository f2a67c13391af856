package dev.tandem.streams.http;

import io.javalin.http.Context;
import java.net.URI;

/**
 * What every answer tells a browser not to do: the page runs no script and loads nothing that does
 * not come from this server, tiles of the map apart, if a tile server is configured.
 */
final class SecurityHeaders {
  private final String policy;

  /**
   * @param tiles URL template of a tile server, or empty
   */
  SecurityHeaders(String tiles) {
    policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
            + " 'self' data:"
            + (tiles.isEmpty() ? "" : " " + origin(tiles))
            + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  /** {@code https://{s}.tile.org/{z}…} → {@code https://*.tile.org}. */
  static String origin(String tiles) {
    URI uri = URI.create(tiles.replace("{s}", "any").replaceAll("[{}]", ""));
    String host =
        tiles.contains("{s}.") ? uri.getHost().replaceFirst("^any\\.", "*.") : uri.getHost();
    return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  void add(Context http) {
    http.header("X-Content-Type-Options", "nosniff");
    http.header("X-Frame-Options", "DENY");
    http.header("Referrer-Policy", "no-referrer");
    http.header("Content-Security-Policy", policy);
    http.header("Cache-Control", "no-store");
  }
}
