package dev.tandem.replay.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.decode.FileDecoder;
import dev.tandem.replay.http.Refused;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A WebSocket; text and binary messages are the same. */
final class SocketConnection implements Connection {
  private static final int MOST = FileDecoder.MAX_RECORD_BYTES;

  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CompletableFuture<WebSocket> socket;

  /**
   * @param open begins the handshake with the listener that it is given
   */
  SocketConnection(Function<WebSocket.Listener, CompletableFuture<WebSocket>> open, Inbox inbox) {
    socket = open.apply(new Listener(inbox));
    socket.whenComplete(
        (opened, failure) -> {
          if (failure != null) {
            ended.completeExceptionally(refusalIn(failure));
          }
        });
  }

  private static Throwable refusalIn(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof WebSocketHandshakeException e && e.getResponse() != null) {
        return new Refused(e.getResponse().statusCode(), e.getResponse().headers());
      }
    }
    return failure;
  }

  @Override
  public CompletableFuture<String> ended() {
    return ended;
  }

  @Override
  public void close() {
    socket.thenAccept(WebSocket::abort);
  }

  /** Puts messages together that come in pieces. */
  private final class Listener implements WebSocket.Listener {
    private final Inbox inbox;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean cut;

    Listener(Inbox inbox) {
      this.inbox = inbox;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      return take(from, text.toString().getBytes(UTF_8), last);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      return take(from, bytes, last);
    }

    private @Nullable CompletionStage<?> take(WebSocket from, byte[] bytes, boolean last) {
      int room = MOST - message.size();
      cut |= bytes.length > room;
      message.write(bytes, 0, Math.min(bytes.length, room));
      inbox.alive();
      if (last) {
        byte[] whole = message.toByteArray();
        boolean tooLong = cut;
        message.reset();
        cut = false;
        inbox.message(whole, tooLong);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer data) {
      inbox.alive();
      return WebSocket.Listener.super.onPing(from, data);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended.complete("the server closed the stream (" + status + ")");
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      ended.completeExceptionally(failure);
    }
  }
}
