package dev.tandem.replay.merge;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Counts what was read from files. Thread-safe. */
public final class Intake {
  private final LongAdder bytes = new LongAdder();
  private final LongAdder rows = new LongAdder();

  /** Bytes so far, packed as they are. */
  public long bytes() {
    return bytes.sum();
  }

  /** Records so far that were decoded from these bytes. */
  public long rows() {
    return rows.sum();
  }

  void addRows(int count) {
    rows.add(count);
  }

  InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
          bytes.increment();
        }
        return b;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
          bytes.add(count);
        }
        return count;
      }
    };
  }

  InputFile counting(InputFile file) {
    return new InputFile() {
      @Override
      public long getLength() throws IOException {
        return file.getLength();
      }

      @Override
      public SeekableInputStream newStream() throws IOException {
        SeekableInputStream in = file.newStream();
        return new DelegatingSeekableInputStream(counting(in)) {
          @Override
          public long getPos() throws IOException {
            return in.getPos();
          }

          @Override
          public void seek(long position) throws IOException {
            in.seek(position);
          }
        };
      }
    };
  }
}
