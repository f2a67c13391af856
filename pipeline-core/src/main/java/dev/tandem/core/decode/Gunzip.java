package dev.tandem.core.decode;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip, of one or more members; told by the first two bytes. */
public final class Gunzip {
  private static final int BUFFER = 1 << 16;

  private Gunzip() {}

  /** The stream itself where it is not gzip; reads its first two bytes. */
  public static InputStream ifGzip(InputStream in) throws IOException {
    Peekable source = new Peekable(in);
    byte[] magic = new byte[2];
    int length = source.readNBytes(magic, 0, 2);
    source.unread(magic, 0, length);
    boolean gzip = length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    source.members = gzip;
    return gzip ? new GZIPInputStream(source, BUFFER) : source;
  }

  /**
   * {@link GZIPInputStream} asks {@code available()} whether another member follows. Streams from a
   * network may answer 0 long before their end, and all later members would be lost; this one reads
   * a byte to know.
   */
  private static final class Peekable extends PushbackInputStream {
    private boolean members;

    Peekable(InputStream in) {
      super(in, 2);
    }

    @Override
    public int available() throws IOException {
      if (!members) {
        return super.available();
      }
      int next = read();
      if (next < 0) {
        return 0;
      }
      unread(next);
      return Math.max(super.available(), 1);
    }
  }
}
