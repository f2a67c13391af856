package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/**
 * The app's state folder, a cache of its changelogs, with a note of whose changelogs these are: the
 * cluster's id and the topics' ids. The note lies beside the folder of Kafka Streams, which deletes
 * what it does not know.
 */
final class LocalState {
  private static final String CLUSTER = "cluster";

  private final Path folder;
  private final Path note;

  /**
   * @param stateDir of Kafka Streams
   */
  LocalState(Path stateDir, String applicationId) {
    this.folder = stateDir.resolve(applicationId);
    this.note = stateDir.resolve(applicationId + ".origin");
  }

  Path folder() {
    return folder;
  }

  /**
   * Whether the folder holds state of these changelogs, as far as is known.
   *
   * @param changelogs ids by name of those that exist
   * @throws TandemException wrong use, when it is of another cluster
   */
  boolean fits(String cluster, Map<String, TopicIds.Topic> changelogs) {
    if (!Files.isDirectory(folder) || !Files.exists(note)) {
      return true;
    }
    Properties written = read();
    String then = written.getProperty(CLUSTER, cluster);
    if (!then.equals(cluster)) {
      throw TandemException.wrongUse(
          "the state folder %s is of Kafka cluster %s, this is cluster %s: give another one (--set state.dir=DIR), or delete it where that cluster is gone (it is a cache)"
              .formatted(folder, then, cluster));
    }
    return written.stringPropertyNames().stream()
        .filter(name -> !name.equals(CLUSTER))
        .allMatch(
            name -> {
              TopicIds.Topic now = changelogs.get(name);
              return now != null && now.id().equals(written.getProperty(name));
            });
  }

  private Properties read() {
    Properties written = new Properties();
    try (Reader in = Files.newBufferedReader(note)) {
      written.load(in);
      return written;
    } catch (IOException e) {
      throw TandemException.failed(
          "cannot read %s (%s): make it readable, or delete %s (a cache)"
              .formatted(note, e, folder.getParent()),
          e);
    }
  }

  /** Notes whose state the folder holds from now on. */
  void belongsTo(String cluster, Map<String, TopicIds.Topic> changelogs) {
    Properties all = new Properties();
    all.setProperty(CLUSTER, cluster);
    changelogs.forEach((name, topic) -> all.setProperty(name, topic.id()));
    Path draft = note.resolveSibling(note.getFileName() + ".tmp");
    try {
      Files.createDirectories(folder.getParent());
      try (Writer out = Files.newBufferedWriter(draft)) {
        all.store(out, null);
      }
      Files.move(draft, note, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw TandemException.failed(
          "cannot write to the state folder %s (%s): make room or make it writable, or give another one with --set state.dir=DIR"
              .formatted(folder.getParent(), e.getMessage()),
          e);
    }
  }
}
