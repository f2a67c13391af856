package dev.tandem.streams.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * All of a stream, read to its end before anyone relies on it: in memory, and what is more than
 * that in a temporary file that goes when it is closed.
 */
final class Spool {
  private static final int IN_MEMORY = 8 << 20;

  private Spool() {}

  static InputStream of(InputStream in) throws IOException {
    byte[] first = in.readNBytes(IN_MEMORY);
    int more = in.read();
    if (more < 0) {
      return new ByteArrayInputStream(first);
    }
    Path file = Files.createTempFile("tandem-answer", ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        out.write(more);
        in.transferTo(out);
      }
      InputStream rest =
          new BufferedInputStream(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
      return new SequenceInputStream(new ByteArrayInputStream(first), rest);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
