package dev.tandem.replay.live;

import dev.tandem.core.decode.FileDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts bytes into lines that end with LF or CRLF. Empty lines are signs of life: servers send them
 * to keep a connection alive. Of a line that is too long the beginning is kept. Not thread-safe.
 */
final class LineSplitter {
  private static final int MOST = FileDecoder.MAX_RECORD_BYTES;

  private final Inbox inbox;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean cut;

  LineSplitter(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Takes some more bytes. */
  void take(ByteBuffer bytes) {
    inbox.alive();
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (b == '\n') {
        end();
      } else if (line.size() <= MOST) {
        line.write(b);
      } else {
        cut = true;
      }
    }
  }

  /** Nothing follows: what there is of a last line is one. */
  void end() {
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r' && !cut) {
      length--;
    }
    boolean tooLong = cut || length > MOST;
    line.reset();
    cut = false;
    if (length > 0) {
      inbox.message(Arrays.copyOf(bytes, Math.min(length, MOST)), tooLong);
    }
  }
}
