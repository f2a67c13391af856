package dev.tandem.core.definition;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code origin}: where the data comes from. */
final class OriginParser {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.-]+");

  private OriginParser() {}

  static Origin parse(YamlMap pipeline) {
    return pipeline.optional("origin").map(OriginParser::origin).orElse(Origin.NONE);
  }

  private static Origin origin(Yaml node) {
    YamlMap map = node.map("origin").only("history", "live", "cursor", "only");
    Optional<String> history = map.optional("history").map(OriginParser::history);
    Optional<String> live =
        map.optional("live").map(n -> address(n, "live", List.of("wss", "ws", "https", "http")));
    return new Origin(
        history,
        live,
        map.optional("cursor").map(OriginParser::cursor),
        map.optional("only").map(OriginParser::only).orElse(Map.of()));
  }

  private static Map<String, String> only(Yaml node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.map("only").entries().forEach((path, entry) -> texts.put(path, entry.value().text(path)));
    return texts;
  }

  private static String history(Yaml node) {
    String text = node.text("history");
    if (!text.contains("{yyyy}") || !text.contains("{MM}")) {
      throw node.error(
          "history does not say where year and month stand", "write {yyyy} and {MM} in it");
    }
    return address(node, "history", List.of("https", "http"));
  }

  private static String address(Yaml node, String what, List<String> schemes) {
    String text = node.text(what);
    try {
      URI uri = new URI(text.replace("{yyyy}", "2017").replace("{MM}", "07"));
      if (uri.getHost() == null || !schemes.contains(uri.getScheme())) {
        throw node.error(what + " is no address", "begin with " + schemes.get(0) + "://HOST/");
      } else if (uri.getUserInfo() != null) {
        throw node.error(what + " holds a user or password", "keep secrets out of the file");
      }
    } catch (URISyntaxException e) {
      throw node.error(what + " is no address: " + e.getReason(), "correct it");
    }
    return text;
  }

  private static Origin.Cursor cursor(Yaml node) {
    YamlMap map = node.map("cursor").only("path", "parameter", "rewind");
    Yaml parameter = map.required("parameter");
    String name = parameter.text("parameter");
    if (!PARAMETER.matcher(name).matches()) {
      throw parameter.error("parameter " + name, "write the name of one parameter, such as cursor");
    }
    long rewind = map.optional("rewind").map(OriginParser::rewind).orElse(0L);
    return new Origin.Cursor(map.required("path").text("path"), name, rewind);
  }

  private static long rewind(Yaml node) {
    String text = node.text("rewind");
    if (!NUMBER.matcher(text).matches()) {
      throw node.error(
          "rewind " + text + " is no whole number", "write it in the units of the cursor");
    }
    return Long.parseLong(text);
  }
}
