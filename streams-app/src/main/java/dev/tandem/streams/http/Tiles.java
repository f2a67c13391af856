package dev.tandem.streams.http;

/**
 * A tile server for the map.
 *
 * @param url template with {@code {z}}, {@code {x}}, {@code {y}} and perhaps {@code {s}}; empty:
 *     none, the map shows places without streets
 * @param attribution text that the tile server's terms ask for; may be empty
 */
public record Tiles(String url, String attribution) {
  public static final Tiles NONE = new Tiles("", "");
}
