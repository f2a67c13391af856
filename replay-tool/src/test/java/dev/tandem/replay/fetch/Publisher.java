package dev.tandem.replay.fetch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A publisher of files that resumes as S3 does, and fails as it is told to. */
final class Publisher implements AutoCloseable {
  /** What goes wrong with an answer. */
  enum Mishap {
    BREAKS_OFF,
    STALLS,
    UNAVAILABLE,
    WRONG_CHECKSUM
  }

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Deque<Mishap> mishaps = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  Publisher() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String template() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/{yyyy}_{MM}.csv";
  }

  /** Publishes a file, or another version of it. */
  void publish(String name, byte[] bytes) {
    files.put("/" + name, bytes);
  }

  /** The next answers to GET go wrong in this way. */
  void fail(Mishap... next) {
    mishaps.addAll(List.of(next));
  }

  /** Method, path and, where some was asked for, range of each request. */
  List<String> requests() {
    return requests;
  }

  private void serve(HttpExchange exchange) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    String range = asked.getFirst("Range");
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
    try (exchange) {
      byte[] whole = files.get(path);
      if (whole == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      answer(exchange, whole, range, head ? null : mishaps.poll(), head);
    }
  }

  private void answer(
      HttpExchange exchange, byte[] whole, String range, Mishap mishap, boolean head)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    if (mishap == Mishap.UNAVAILABLE) {
      headers.add("Retry-After", "0");
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    headers.add("ETag", tag(mishap, whole));
    headers.add("x-amz-request-id", "A1");
    boolean resumes =
        range != null && tag(null, whole).equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from = resumes ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
    if (head) {
      headers.add("Content-Length", String.valueOf(whole.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    } else if (resumes) {
      headers.add(
          "Content-Range", "bytes %d-%d/%d".formatted(from, whole.length - 1, whole.length));
    }
    exchange.sendResponseHeaders(resumes ? 206 : 200, whole.length - from);
    boolean half = mishap == Mishap.BREAKS_OFF || mishap == Mishap.STALLS;
    int to = half ? from + (whole.length - from) / 2 : whole.length;
    exchange.getResponseBody().write(whole, from, to - from);
    exchange.getResponseBody().flush();
    if (mishap == Mishap.STALLS) {
      stall();
    }
  }

  /** As S3 makes it. */
  private static String tag(Mishap mishap, byte[] whole) throws IOException {
    byte[] sum = Algorithm.MD5.of(new ByteArrayInputStream(whole));
    sum[0] ^= (byte) (mishap == Mishap.WRONG_CHECKSUM ? 1 : 0);
    return '"' + HexFormat.of().formatHex(sum) + '"';
  }

  private void stall() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
