package dev.tandem.core.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks pages in Java alone; what comes with the library needs Hadoop's configuration. */
final class Codecs implements CompressionCodecFactory {

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Pages((packed, size) -> packed);
      case SNAPPY -> new Pages(with(new SnappyDecompressor()));
      case ZSTD -> new Pages(with(new ZstdDecompressor()));
      case LZ4_RAW -> new Pages(with(new Lz4Decompressor()));
      case GZIP -> new Pages(Codecs::gunzip);
      case BROTLI, LZ4, LZO ->
          throw new UnsupportedCodec(
              "it is packed with "
                  + codec
                  + ": write it with zstd, snappy, gzip, lz4_raw or without");
    };
  }

  @Override
  public void release() {}

  /** A file that is in order, but cannot be unpacked here. */
  static final class UnsupportedCodec extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedCodec(String message) {
      super(message);
    }
  }

  private interface Unpacking {
    byte[] unpack(byte[] packed, int size) throws IOException;
  }

  private static Unpacking with(Decompressor decompressor) {
    return (packed, size) -> {
      byte[] unpacked = new byte[size];
      try {
        int length = decompressor.decompress(packed, 0, packed.length, unpacked, 0, size);
        return checked(unpacked, length, size);
      } catch (MalformedInputException e) {
        throw new IOException("a damaged page", e);
      }
    };
  }

  private static byte[] gunzip(byte[] packed, int size) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] unpacked = in.readNBytes(size);
      return checked(unpacked, unpacked.length, size);
    }
  }

  private static byte[] checked(byte[] unpacked, int length, int size) throws IOException {
    if (length != size) {
      throw new IOException("a page of " + length + " bytes that says it has " + size);
    }
    return unpacked;
  }

  private record Pages(Unpacking unpacking) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      return BytesInput.from(unpacking.unpack(packed.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer in, int packedSize, ByteBuffer out, int size)
        throws IOException {
      byte[] packed = new byte[packedSize];
      in.get(packed);
      out.put(unpacking.unpack(packed, size));
    }

    @Override
    public void release() {}
  }
}
