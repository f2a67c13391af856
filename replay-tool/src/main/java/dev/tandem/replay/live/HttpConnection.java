package dev.tandem.replay.live;

import dev.tandem.replay.http.Refused;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** An HTTP answer that goes on, a message a line. */
final class HttpConnection implements Connection {
  private final CompletableFuture<HttpResponse<String>> response;
  private final CompletableFuture<String> ended;
  private final AtomicReference<Flow.Subscription> body = new AtomicReference<>();

  HttpConnection(HttpClient client, HttpRequest request, Inbox inbox) {
    response =
        client.sendAsync(
            request,
            info ->
                info.statusCode() == 200
                    ? new Body(inbox)
                    : new Refusal(new Refused(info.statusCode(), info.headers())));
    ended = response.thenApply(HttpResponse::body);
  }

  @Override
  public CompletableFuture<String> ended() {
    return ended;
  }

  @Override
  public void close() {
    Flow.Subscription subscription = body.get();
    if (subscription != null) {
      subscription.cancel();
    }
    response.cancel(true);
  }

  /** Lines, one piece of the body after the other as the inbox has room. */
  private final class Body implements BodySubscriber<String> {
    private final LineSplitter lines;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    Body(Inbox inbox) {
      lines = new LineSplitter(inbox);
    }

    @Override
    public CompletionStage<String> getBody() {
      return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      body.set(subscription);
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      pieces.forEach(lines::take);
      Objects.requireNonNull(body.get()).request(1);
    }

    @Override
    public void onError(Throwable failure) {
      lines.end();
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      lines.end();
      end.complete("the server ended the stream");
    }
  }

  /** Reads nothing of what a server says to its refusal. */
  private record Refusal(Refused refused) implements BodySubscriber<String> {
    @Override
    public CompletionStage<String> getBody() {
      return CompletableFuture.failedFuture(refused);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      // Cancelled.
    }

    @Override
    public void onError(Throwable failure) {
      // Refused is what matters.
    }

    @Override
    public void onComplete() {
      // Refused is what matters.
    }
  }
}
