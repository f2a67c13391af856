package dev.tandem.replay.fetch;

import dev.tandem.replay.http.Failures;
import dev.tandem.replay.http.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request for what a part file lacks: the rest of the same version ({@code Range} and {@code
 * If-Range}), or all of it when there is none or another by now.
 */
final class Transfer {
  private static final Pattern RANGE = Pattern.compile("bytes ([0-9]+)-[0-9]+/([0-9]+|\\*)");
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  private final HttpClient client;
  private final PartFile part;
  private final Duration idle;
  private final BiConsumer<Long, Long> progress;
  private volatile long lastSign = System.nanoTime();
  private OptionalLong total = OptionalLong.empty();
  private boolean over;

  /**
   * @param idle how long nothing may come
   * @param progress takes the bytes that are there, and how many there will be, 0 if unknown
   */
  Transfer(HttpClient client, PartFile part, Duration idle, BiConsumer<Long, Long> progress) {
    this.client = client;
    this.part = part;
    this.idle = idle;
    this.progress = progress;
  }

  /**
   * Fetches.
   *
   * @return what the server says of the whole file
   * @throws Refused when the server does not give it
   * @throws IOException when it broke off; the part is longer then, if anything came
   */
  Checksums run(URI uri) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("x-amz-checksum-mode", "ENABLED").GET();
    long have = part.size();
    part.version()
        .ifPresent(
            version -> request.header("Range", "bytes=" + have + "-").header("If-Range", version));
    HttpResponse<@Nullable Void> response = await(client.sendAsync(request.build(), this::body));
    if (response.statusCode() == NO_SUCH_RANGE) {
      part.discard();
      throw new IOException("the file is shorter than its part");
    } else if (response.statusCode() != 200 && response.statusCode() != PARTIAL) {
      throw new Refused(response.statusCode(), response.headers());
    }
    if (total.isPresent() && part.size() != total.getAsLong()) {
      throw new IOException(
          "ended after %,d of %,d bytes".formatted(part.size(), total.getAsLong()));
    }
    return Checksums.of(response.headers(), response.statusCode() == PARTIAL);
  }

  private BodySubscriber<@Nullable Void> body(HttpResponse.ResponseInfo info) {
    try {
      if (info.statusCode() == 200) {
        part.restart(info.headers());
        total = info.headers().firstValueAsLong("content-length");
        return new Body();
      } else if (info.statusCode() == PARTIAL) {
        total = totalOf(info.headers());
        return new Body();
      }
    } catch (IOException e) {
      return new Body(e);
    }
    return BodySubscribers.replacing(null);
  }

  private OptionalLong totalOf(HttpHeaders headers) throws IOException {
    Matcher range = RANGE.matcher(headers.firstValue("content-range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) != part.size()) {
      part.discard();
      throw new IOException("the server sent another range than was asked for");
    }
    String whole = range.group(2);
    return whole.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(whole));
  }

  private <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
    try {
      while (true) {
        try {
          return answer.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillComing) {
          progress.accept(part.size(), total.orElse(0));
          if (System.nanoTime() - lastSign > idle.toNanos()) {
            throw new IOException("nothing came for %.1f s".formatted(idle.toMillis() / 1000.0));
          }
        }
      }
    } catch (ExecutionException e) {
      throw new IOException(Failures.text(e.getCause()), e.getCause());
    } finally {
      answer.cancel(true);
      over();
    }
  }

  private synchronized void append(List<ByteBuffer> pieces) throws IOException {
    for (ByteBuffer piece : pieces) {
      if (!over) {
        part.append(piece);
      }
    }
  }

  /** What still comes of an attempt that was given up is not to mix with the next one's. */
  private synchronized void over() {
    over = true;
  }

  /** Appends to the part. */
  private final class Body implements BodySubscriber<@Nullable Void> {
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Body() {}

    Body(IOException failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
      return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription from) {
      subscription = from;
      if (end.isDone()) {
        from.cancel();
      } else {
        from.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      try {
        append(pieces);
        lastSign = System.nanoTime();
      } catch (IOException e) {
        if (subscription != null) {
          subscription.cancel();
        }
        end.completeExceptionally(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
