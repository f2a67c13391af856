package dev.tandem.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A chunked answer of posts, a line each, that breaks off, stalls, repeats and sends garbage. */
public final class LineServer implements AutoCloseable {
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  public LineServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/stream", this::serve);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/stream";
  }

  private void serve(HttpExchange exchange) throws IOException {
    int connection = connections.getAndIncrement();
    if (connection == 0) {
      exchange.getResponseHeaders().add("Retry-After", "0");
      exchange.sendResponseHeaders(429, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, connection == 1 ? 1 << 20 : 0);
    OutputStream body = exchange.getResponseBody();
    switch (connection) {
      case 1 -> {
        send(body, posts(0, 100) + "\r\n\r\nnot a post\r\n{\"id\":\"p100\",");
        // Long before the end that it announced.
        exchange.close();
      }
      case 2 -> {
        send(body, posts(90, 200));
        stall();
      }
      case 3 -> {
        send(body, posts(180, 300));
        body.close();
      }
      default -> {
        send(body, posts(290, 400));
        stayAlive(body);
      }
    }
  }

  private static String posts(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("{\"id\":\"p%d\",\"at\":%d}\r\n".formatted(i, i));
    }
    return text.toString();
  }

  private static void send(OutputStream body, String text) throws IOException {
    body.write(text.getBytes(UTF_8));
    body.flush();
  }

  private void stall() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stayAlive(OutputStream body) throws IOException {
    try {
      while (!closing.await(100, TimeUnit.MILLISECONDS)) {
        send(body, "\r\n");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
