package dev.tandem.backfill.engine;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.tandem.backfill.report.Certificate;
import dev.tandem.core.row.RowKey;
import org.apache.spark.serializer.KryoRegistrator;
import org.jspecify.annotations.Nullable;

/** How the few types that travel between tasks are written. */
public final class KryoTypes implements KryoRegistrator {
  /** Made by Spark, by name. */
  public KryoTypes() {}

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(RowKey.class, new RowKeySerializer());
    kryo.register(EventVersions.class, new EventVersionsSerializer());
    // A few a job; Kryo itself cannot make records.
    kryo.register(LogSplit.class, new JavaSerializer());
    kryo.register(FileReading.InputFile.class, new JavaSerializer());
    kryo.register(Certificate.class, new JavaSerializer());
  }

  private static final class RowKeySerializer extends Serializer<RowKey> {
    RowKeySerializer() {
      super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output out, RowKey key) {
      out.writeInt(key.bytes().length, true);
      out.writeBytes(key.bytes());
    }

    @Override
    public RowKey read(Kryo kryo, Input in, Class<RowKey> type) {
      return RowKey.of(in.readBytes(in.readInt(true)));
    }
  }

  private static final class EventVersionsSerializer extends Serializer<EventVersions> {
    EventVersionsSerializer() {
      super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output out, EventVersions v) {
      out.writeLong(v.fileRank());
      bytes(out, v.file());
      out.writeInt(v.fileRows(), true);
      out.writeLong(v.logOffset());
      bytes(out, v.log());
      out.writeInt(v.logRecords(), true);
      out.writeLong(v.claimsOffset());
      bytes(out, v.claims());
    }

    @Override
    public EventVersions read(Kryo kryo, Input in, Class<EventVersions> type) {
      return new EventVersions(
          in.readLong(),
          bytes(in),
          in.readInt(true),
          in.readLong(),
          bytes(in),
          in.readInt(true),
          in.readLong(),
          bytes(in));
    }

    private static void bytes(Output out, byte @Nullable [] bytes) {
      if (bytes == null) {
        out.writeInt(0, true);
      } else {
        out.writeInt(bytes.length + 1, true);
        out.writeBytes(bytes);
      }
    }

    private static byte @Nullable [] bytes(Input in) {
      int n = in.readInt(true);
      return n == 0 ? null : in.readBytes(n - 1);
    }
  }
}
