package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.row.RowKey;
import java.nio.charset.StandardCharsets;
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
      v.write(out);
    }

    @Override
    public Tuple2<String, EventVersions> read(Bytes in) {
      return new Tuple2<>(
          new String(in.getBlock(), StandardCharsets.UTF_8), EventVersions.read(in));
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
