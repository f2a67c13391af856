package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The folder in which one broker keeps everything. While this is open nobody else, in this process
 * or another, can open the same folder. A folder is formatted when it is first opened; from then on
 * it keeps its cluster id.
 */
final class BrokerFolder implements AutoCloseable {

  private static final String LOCK = ".tandem.lock";

  /** What a start that was killed while it formatted may leave behind. */
  private static final Set<String> BEFORE_FORMATTED =
      Set.of(LOCK, "bootstrap.checkpoint", "bootstrap.checkpoint.tmp", "meta.properties.tmp");

  private final Path path;
  private final FileChannel lockFile;

  private BrokerFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Opens {@code path}, making and formatting it when it is new or empty.
   *
   * @param nodeId and {@code clusterId}: what a new folder is formatted with
   * @throws TandemException when another broker has it, it cannot be written, or it holds the files
   *     of something else; then nothing in it was changed
   */
  static BrokerFolder open(Path path, int nodeId, Uuid clusterId) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      refuseForeignFiles(folder);
      BrokerFolder opened = new BrokerFolder(folder, lock(folder));
      try {
        opened.formatWhenNew(nodeId, clusterId);
      } catch (Exception e) {
        opened.close();
        throw e;
      }
      return opened;
    } catch (TandemException e) {
      throw e;
    } catch (Exception e) {
      throw TandemException.failed(
          "Cannot use the broker's folder %s (%s): check that it can be written, or give another"
              .formatted(folder, e),
          e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static void refuseForeignFiles(Path folder) throws IOException {
    if (isFormatted(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !BEFORE_FORMATTED.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw TandemException.wrongUse(
                    "%s is not a broker's folder, it holds %s: give an empty or a new one"
                        .formatted(folder, name));
              });
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException thisProcessHasIt) {
      // Said below, as for another process.
    }
    channel.close();
    throw TandemException.failed(
        "Another broker is using the folder %s: stop it, or give another folder".formatted(folder));
  }

  private static boolean isFormatted(Path folder) {
    return Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME));
  }

  private void formatWhenNew(int nodeId, Uuid clusterId) throws Exception {
    if (isFormatted(path)) {
      return;
    }
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setPrintStream(silent)
        .setClusterId(clusterId.toString())
        .setNodeId(nodeId)
        .addDirectory(path.toString())
        .setMetadataLogDirectory(path.toString())
        .setControllerListenerName(BrokerProperties.CONTROLLER)
        .setHasDynamicQuorum(false)
        .run();
  }
}
