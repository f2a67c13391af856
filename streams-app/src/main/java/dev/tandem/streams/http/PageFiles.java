package dev.tandem.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the web page: its own, which a browser asks for again at every visit and gets when
 * they changed, and the libraries', which never change under their versioned names. All of them are
 * in the class path, so that the page needs no network but this server.
 */
final class PageFiles {
  private static final Pattern OWN = Pattern.compile("[a-z][a-z0-9-]*\\.(js|css|svg)");
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "echarts-5.5.0.js", WEBJARS + "echarts/5.5.0/echarts.esm.min.js",
          "leaflet-1.9.4.js", WEBJARS + "leaflet/1.9.4/dist/leaflet-src.esm.js",
          "leaflet-1.9.4.css", WEBJARS + "leaflet/1.9.4/dist/leaflet.css");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  private final Map<String, Resource> loaded = new ConcurrentHashMap<>();

  private record Resource(byte[] bytes, String tag) {}

  void routes(RoutesConfig routes) {
    routes.get("/", http -> own(http, "page/index.html"));
    routes.get("/login", http -> own(http, "page/login.html"));
    routes.get("/openapi.json", http -> own(http, "openapi.json"));
    routes.get("/page/{file}", this::page);
    routes.get("/lib/{file}", this::library);
  }

  private void page(Context http) {
    String name = http.pathParam("file");
    if (!OWN.matcher(name).matches()) {
      throw new NotFoundResponse("no file " + name);
    }
    own(http, "page/" + name);
  }

  private void own(Context http, String name) {
    http.header("Cache-Control", "no-cache");
    send(http, name);
  }

  private void library(Context http) {
    String path = LIBRARIES.get(http.pathParam("file"));
    if (path == null) {
      throw new NotFoundResponse("no library " + http.pathParam("file"));
    }
    http.header("Cache-Control", "public, max-age=31536000, immutable");
    send(http, path);
  }

  private void send(Context http, String path) {
    Resource resource = loaded.computeIfAbsent(path, PageFiles::load);
    String ending = path.substring(path.lastIndexOf('.') + 1);
    String type = TYPES.getOrDefault(ending, "application/octet-stream");
    Tagged.send(http, type, resource.bytes(), resource.tag());
  }

  private static Resource load(String path) {
    try (InputStream in = PageFiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new NotFoundResponse("no file " + path.substring(path.lastIndexOf('/') + 1));
      }
      byte[] bytes = in.readAllBytes();
      return new Resource(bytes, Tagged.tag(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
