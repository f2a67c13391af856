package dev.tandem.backfill.engine;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.RunInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The bytes of an input file, hashed on their way to a reader. Not thread-safe. */
final class HashedStream extends FilterInputStream {
  private final String name;
  private final HashStream128 hash = Hashing.xxh3_128().hashStream();
  private long bytes;

  private HashedStream(InputStream in, String name) {
    super(in);
    this.name = name;
  }

  /**
   * @param name local path, or URI with a scheme for Hadoop
   * @throws TandemException wrong use when a local file is not there, failed when it cannot be
   *     opened
   */
  static HashedStream open(String name) {
    try {
      if (!FileReading.isUri(name)) {
        return new HashedStream(Files.newInputStream(Path.of(name)), name);
      }
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(name);
      FileSystem files = path.getFileSystem(SparkHadoopUtil.get().conf());
      return new HashedStream(files.open(path), name);
    } catch (NoSuchFileException e) {
      throw TandemException.wrongUse("No file " + name + ": check the path", e);
    } catch (IOException e) {
      throw TandemException.failed("Cannot open " + name + ": " + e, e);
    }
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      hash.putByte((byte) b);
      bytes++;
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      hash.putBytes(buffer, offset, n);
      bytes += n;
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads what is left: the file as a whole. */
  RunInput finish() {
    try {
      transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw TandemException.failed("Cannot read " + name + ": " + e, e);
    }
    HashValue128 value = hash.get();
    String hex =
        String.format(
            "%016x%016x", value.getMostSignificantBits(), value.getLeastSignificantBits());
    return new RunInput(name, bytes, hex);
  }
}
