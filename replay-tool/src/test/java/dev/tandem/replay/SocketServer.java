package dev.tandem.replay;

import io.javalin.Javalin;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.websocket.WsConnectContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A stream of posts like Bluesky's Jetstream, numbered from 0, on a bad day: it refuses, drops,
 * stalls and sends garbage. {@code seq} is the cursor.
 */
final class SocketServer implements AutoCloseable {
  static final int POSTS = 1_000;
  static final int UNTIL_KILLED = 800;
  static final String TOKEN = "t0ken-of-the-test";

  private final List<String> cursors = new CopyOnWriteArrayList<>();
  private final Semaphore rest = new Semaphore(0);
  private final Javalin server;
  private int asked;

  SocketServer() {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = "127.0.0.1";
              config.jetty.port = 0;
              config.routes.wsBeforeUpgrade(
                  http -> {
                    if (!("Bearer " + TOKEN).equals(http.header("Authorization"))) {
                      throw new UnauthorizedResponse();
                    } else if (asked++ == 0) {
                      http.header("Retry-After", "0");
                      throw new ServiceUnavailableResponse();
                    }
                  });
              config.routes.ws("/subscribe", ws -> ws.onConnect(this::serve));
            });
    server.start();
  }

  String url() {
    return "ws://127.0.0.1:" + server.port() + "/subscribe?kind=post";
  }

  /** What each connection asked for; {@code none} where it asked for no place. */
  List<String> cursors() {
    return cursors;
  }

  /** Lets the posts come that it holds back. */
  void sendRest() {
    rest.release();
  }

  private void serve(WsConnectContext socket) throws Exception {
    String cursor = Optional.ofNullable(socket.queryParam("cursor")).orElse("none");
    int connection = cursors.size();
    int from = cursor.equals("none") ? 0 : Integer.parseInt(cursor);
    cursors.add(cursor);
    switch (connection) {
      case 0 -> {
        send(socket, from, 200);
        socket.session.disconnect();
      }
      // Stalls: neither a message nor a ping.
      case 1 -> {
        garbage(socket);
        send(socket, from, 400);
      }
      case 2 -> {
        send(socket, from, 600);
        socket.closeSession(1001, "going away");
      }
      default -> {
        socket.enableAutomaticPings(100, TimeUnit.MILLISECONDS);
        send(socket, from, UNTIL_KILLED);
        rest.acquire();
        rest.release();
        send(socket, UNTIL_KILLED, POSTS);
      }
    }
  }

  private static void send(WsConnectContext socket, int from, int to) {
    for (int i = from; i < to; i++) {
      socket.send("{\"id\":\"p%d\",\"at\":%d,\"seq\":%d,\"kind\":\"post\"}".formatted(i, i, i));
      if (i % 100 == 50) {
        socket.send("{\"id\":\"p%d\",\"seq\":%d,\"kind\":\"deletion\"}".formatted(i, i));
      }
    }
  }

  private static void garbage(WsConnectContext socket) {
    socket.send("<html>Bad Gateway</html>");
    socket.send("{\"id\":\"half");
    socket.send(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xfe, 0}));
    socket.send("[\"" + "x".repeat(1_200_000) + "\"]");
  }

  /** How often each reason of rejection is to come. */
  static Map<String, Integer> garbage() {
    return Map.of("not-json", 2, "invalid-utf8", 1, "too-large", 1);
  }

  @Override
  public void close() {
    rest.release();
    server.stop();
  }
}
