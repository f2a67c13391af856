package dev.tandem.streams.service;

import dev.tandem.core.aggregate.UnknownVersionException;
import dev.tandem.core.kafka.Refusals;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/** Says of failures that the machine or a person caused what they are and what to do. */
final class KnownFailures {
  private KnownFailures() {}

  /**
   * @param causes the failure and what caused it, outermost first
   * @param folder of the app's state
   * @return a line for the user; empty for a fault of our own
   */
  static Optional<String> describe(List<Throwable> causes, String pipeline, Path folder) {
    // What caused the others says most.
    for (int i = causes.size() - 1; i >= 0; i--) {
      Optional<String> text = describe(causes.get(i), pipeline, folder);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> describe(Throwable cause, String pipeline, Path folder) {
    String message = String.valueOf(cause.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("disk quota")) {
      return Optional.of(
          "no space left in the state folder %s (%s): make room, or give another folder with --set state.dir=DIR, and start again; nothing is lost"
              .formatted(folder, message));
    }
    if (lower.contains("too many open files")) {
      return Optional.of(
          "too many open files (%s): raise the limit (ulimit -n 65536) and start again; nothing is lost"
              .formatted(message));
    }
    if (lower.contains("read-only file system") || lower.contains("permission denied")) {
      return Optional.of(
          "the state folder %s cannot be written (%s): make it writable, or give another folder with --set state.dir=DIR"
              .formatted(folder, message));
    }
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(
          "out of memory (%s): give more with TANDEM_JAVA_OPTS=-Xmx2g, or take less (rocksdb.memory, stream.threads), and start again; nothing is lost"
              .formatted(message));
    }
    if (isOfRocksDb(cause) || cause instanceof ProcessorStateException) {
      return Optional.of(
          "the state in %s cannot be read (%s): delete that folder and start again; it is a cache and is read back from Kafka"
              .formatted(folder, message));
    }
    if (cause instanceof UnknownVersionException) {
      return Optional.of(
          "the state of %s was written by another build of Tandem (%s): start that build again, or give the state up with ./tandem up -p %s --rebuild, which counts the log anew"
              .formatted(pipeline, message, pipeline));
    }
    if (cause instanceof FencedInstanceIdException) {
      return Optional.of(
          "another instance of the same name has started: give each its own folder with --set"
              + " state.dir=DIR, or its own name with --set instance.id=NAME");
    }
    if (cause instanceof InvalidOffsetException offsets) {
      return Optional.of(
          "records that the app had not counted yet are gone from %s (retention, or deleted by hand): ./tandem up -p %s --rebuild goes on with what is left, then ./tandem backfill --source files with files that are complete"
              .formatted(offsets.partitions(), pipeline));
    }
    return Refusals.find(cause)
        .map(refusal -> refusal.getMessage() + "; then start again, nothing is lost");
  }

  private static boolean isOfRocksDb(Throwable cause) {
    return cause.getClass().getName().equals("org.rocksdb.RocksDBException");
  }
}
