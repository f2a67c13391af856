package dev.tandem.backfill.engine;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.tandem.backfill.report.Certificate;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.row.RowKey;
import org.apache.spark.serializer.KryoRegistrator;

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
      Bytes bytes = Bytes.writer();
      v.write(bytes);
      out.writeInt(bytes.length(), true);
      out.writeBytes(bytes.toArray());
    }

    @Override
    public EventVersions read(Kryo kryo, Input in, Class<EventVersions> type) {
      return EventVersions.read(Bytes.reader(in.readBytes(in.readInt(true))));
    }
  }
}
