package dev.tandem.replay.fetch;

import dev.tandem.core.TandemException;
import dev.tandem.replay.http.Backoff;
import dev.tandem.replay.http.Failures;
import dev.tandem.replay.http.Refused;
import dev.tandem.replay.meter.Meter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gets one published file, however often the connection breaks off: each attempt goes on where the
 * last one stopped. Only a whole file that agrees with what the server says of it gets its name.
 */
final class Download {
  /** So many failures in a row, without a byte between them, end it. */
  private static final int MOST_FAILURES = 6;

  /** So often the whole file may be another than the server says. */
  private static final int MOST_WRONG = 2;

  private final HttpClient client;
  private final PublishedFile file;
  private final Path target;
  private final Patience patience;
  private final Meter meter;
  private final Backoff backoff;

  /**
   * How patient to be.
   *
   * @param idle how long nothing may come before a connection is given up
   * @param longestWait between two attempts, unless the server asks for more
   */
  record Patience(Duration idle, Duration longestWait) {}

  /** What came of it. */
  enum Outcome {
    FETCHED,
    /** It was here already. */
    COMPLETE,
    /** The publisher has no such file, or does not give it to everybody. */
    NOT_PUBLISHED
  }

  /**
   * A result.
   *
   * @param text for a person to read
   */
  record Result(Outcome outcome, long bytes, String text) {}

  Download(HttpClient client, PublishedFile file, Path dir, Patience patience, Meter meter) {
    this.client = client;
    this.file = file;
    this.target = dir.resolve(file.name());
    this.patience = patience;
    this.meter = meter;
    this.backoff =
        new Backoff(Duration.ofSeconds(1), patience.longestWait(), ThreadLocalRandom.current());
  }

  /**
   * Downloads.
   *
   * @throws TandemException when it cannot be had, though it seems to be there; what came of it
   *     stays
   */
  Result run() throws InterruptedException {
    try {
      if (Files.exists(target)) {
        Optional<Result> complete = complete();
        if (complete.isPresent()) {
          return complete.get();
        }
      }
      try (PartFile part = PartFile.open(target)) {
        return fetch(part);
      }
    } catch (Refused refused) {
      return notPublished(refused);
    } catch (IOException e) {
      throw TandemException.failed("Cannot write %s: %s; check the disk".formatted(target, e), e);
    }
  }

  /** Empty when the file here is another than the publisher's. */
  private Optional<Result> complete() throws IOException, InterruptedException {
    HttpRequest head =
        HttpRequest.newBuilder(file.uri())
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .header("x-amz-checksum-mode", "ENABLED")
            .timeout(patience.idle())
            .build();
    HttpResponse<?> response =
        retried(
            () -> {
              HttpResponse<?> answer = client.send(head, BodyHandlers.discarding());
              if (answer.statusCode() != 200) {
                throw new Refused(answer.statusCode(), answer.headers());
              }
              return answer;
            });
    OptionalLong length = response.headers().firstValueAsLong("content-length");
    long bytes = Files.size(target);
    Checksums checksums = Checksums.of(response.headers(), false);
    if ((length.isPresent() && length.getAsLong() != bytes)
        || checksums.differenceOf(target).isPresent()) {
      meter.say(file.name() + " is another one by now: fetching it again");
      return Optional.empty();
    }
    return Optional.of(new Result(Outcome.COMPLETE, bytes, "is here already"));
  }

  private Result fetch(PartFile part) throws IOException, InterruptedException {
    for (int wrong = 1; ; wrong++) {
      long before = part.size();
      Checksums checksums = transfer(part);
      Optional<String> difference = checksums.differenceOf(part.path());
      if (difference.isEmpty()) {
        long bytes = part.size();
        part.finish();
        String from = before > 0 ? " (%,d were here)".formatted(before) : "";
        String same =
            checksums.names().isEmpty()
                ? "; the server sends no checksum"
                : "; " + checksums.names() + " as the server says";
        return new Result(Outcome.FETCHED, bytes, "%,d bytes%s%s".formatted(bytes, from, same));
      }
      part.discard();
      if (wrong == MOST_WRONG) {
        throw TandemException.failed(
            "%s (%s) is damaged: %s; fetched %d times, try again later"
                .formatted(file.uri(), file.month(), difference.get(), MOST_WRONG));
      }
      meter.say("%s is damaged: %s; fetching it again".formatted(file.name(), difference.get()));
    }
  }

  private Checksums transfer(PartFile part) throws IOException, InterruptedException {
    return retried(
        () -> {
          long before = part.size();
          try {
            return new Transfer(client, part, patience.idle(), meter::show).run(file.uri());
          } catch (IOException e) {
            throw part.size() > before ? new Interruption(e) : e;
          }
        });
  }

  /** It broke off, but got further. */
  private static final class Interruption extends IOException {
    private static final long serialVersionUID = 1L;

    Interruption(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Until it works, or does not work again and again; a refusal for good is thrown at once. */
  private <T> T retried(Attempt<T> attempt) throws Refused, InterruptedException {
    int failures = 0;
    while (true) {
      Optional<Duration> asked = Optional.empty();
      IOException failure;
      try {
        T result = attempt.run();
        backoff.reset();
        return result;
      } catch (Refused refused) {
        if (!refused.isPassing()) {
          throw refused;
        }
        asked = refused.retryAfter();
        failure = refused;
        failures++;
      } catch (Interruption further) {
        backoff.reset();
        failure = further;
        failures = 1;
      } catch (IOException e) {
        failure = e;
        failures++;
      }
      if (failures == MOST_FAILURES) {
        throw TandemException.failed(
            "Cannot fetch %s (%s): %s, %d times in a row; the same command goes on where it stopped"
                .formatted(file.uri(), file.month(), Failures.text(failure), MOST_FAILURES),
            failure);
      }
      Duration wait = asked.orElseGet(backoff::next);
      meter.say(
          "%s: %s; again in %.1f s"
              .formatted(file.name(), Failures.text(failure), wait.toMillis() / 1e3));
      Thread.sleep(wait.toMillis());
    }
  }

  private Result notPublished(Refused refused) {
    int status = refused.status();
    if (status != 404 && status != 403 && status != 410) {
      throw TandemException.failed(
          "%s (%s) answers with status %d: check history in the pipeline's origin"
              .formatted(file.uri(), file.month(), status),
          refused);
    }
    return new Result(
        Outcome.NOT_PUBLISHED,
        0,
        "%s: %s answers with status %d".formatted(file.month(), file.uri(), status));
  }
}
