package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.row.RowKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** How pairs travel between tasks. */
final class Codecs {
  private Codecs() {}

  /** Event ids and what is known of them. */
  static final class Versions implements Packed.Codec<String, EventVersions> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(String id, EventVersions v, Bytes out) {
      out.putBlock(id.getBytes(StandardCharsets.UTF_8));
      out.putSigned(v.fileRank());
      optional(v.file(), out);
      out.putUnsigned(v.fileRows());
      out.putSigned(v.logOffset());
      optional(v.log(), out);
      out.putUnsigned(v.logRecords());
      out.putSigned(v.claimsOffset());
      optional(v.claims(), out);
    }

    @Override
    public Tuple2<String, EventVersions> read(Bytes in) {
      return new Tuple2<>(
          new String(in.getBlock(), StandardCharsets.UTF_8),
          new EventVersions(
              in.getSigned(),
              optional(in),
              (int) in.getUnsigned(),
              in.getSigned(),
              optional(in),
              (int) in.getUnsigned(),
              in.getSigned(),
              optional(in)));
    }

    private static void optional(byte @Nullable [] bytes, Bytes out) {
      if (bytes == null) {
        out.putUnsigned(0);
      } else {
        out.putUnsigned(bytes.length + 1L);
        out.putBytes(bytes);
      }
    }

    private static byte @Nullable [] optional(Bytes in) {
      long n = in.getUnsigned();
      return n == 0 ? null : in.getBytes(n - 1);
    }
  }

  /** Texts and bytes. */
  static final class TextBytes implements Packed.Codec<String, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(String key, byte[] value, Bytes out) {
      out.putBlock(key.getBytes(StandardCharsets.UTF_8));
      out.putBlock(value);
    }

    @Override
    public Tuple2<String, byte[]> read(Bytes in) {
      return new Tuple2<>(new String(in.getBlock(), StandardCharsets.UTF_8), in.getBlock());
    }
  }

  /** Row keys and bytes. */
  static final class RowBytes implements Packed.Codec<RowKey, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(RowKey key, byte[] value, Bytes out) {
      out.putBlock(key.bytes());
      out.putBlock(value);
    }

    @Override
    public Tuple2<RowKey, byte[]> read(Bytes in) {
      return new Tuple2<>(RowKey.of(in.getBlock()), in.getBlock());
    }
  }
}
