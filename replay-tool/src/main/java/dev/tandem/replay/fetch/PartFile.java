package dev.tandem.replay.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way, {@code NAME.part}, beside {@code NAME.part.of}: which version of the
 * publisher's file it is a part of, as a strong {@code ETag} or a {@code Last-Modified}. It takes
 * its name when it is whole. Locked while it is open. Not thread-safe.
 */
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final Path version;
  private final FileChannel channel;

  private PartFile(Path target, Path part, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.version = part.resolveSibling(part.getFileName() + ".of");
    this.channel = channel;
  }

  /**
   * Opens what an earlier attempt left, or begins.
   *
   * @throws TandemException when another process is at it
   */
  static PartFile open(Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw TandemException.failed(
          part + " is being written by another fetch: wait for its end, or end it");
    }
    return new PartFile(target, part, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }

  Path path() {
    return part;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Which version it is a part of; empty where it cannot be continued. */
  Optional<String> version() throws IOException {
    return size() > 0 && Files.exists(version)
        ? Optional.of(Files.readString(version, UTF_8)).filter(v -> !v.isBlank())
        : Optional.empty();
  }

  /** Begins anew with the version of this answer. */
  void restart(HttpHeaders headers) throws IOException {
    Files.deleteIfExists(version);
    channel.truncate(0);
    channel.position(0);
    Optional<String> tag = headers.firstValue("etag").filter(t -> t.startsWith("\""));
    Optional<String> now = tag.or(() -> headers.firstValue("last-modified"));
    if (now.isPresent()) {
      Files.writeString(version, now.get(), UTF_8);
    }
  }

  /** Writes behind what there is. */
  void append(ByteBuffer bytes) throws IOException {
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** It is no part of anything. */
  void discard() throws IOException {
    Files.deleteIfExists(version);
    channel.truncate(0);
  }

  /** Takes the name of the whole file, in one step, also over an older one. */
  void finish() throws IOException {
    channel.force(true);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(version);
  }

  /** What there is stays, to be continued; an empty one goes. */
  @Override
  public void close() throws IOException {
    boolean empty = channel.size() == 0;
    channel.close();
    if (empty) {
      Files.deleteIfExists(version);
      Files.deleteIfExists(part);
    }
  }
}
