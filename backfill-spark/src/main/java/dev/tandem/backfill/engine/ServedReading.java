package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Certificate;
import dev.tandem.backfill.report.CertificateBuilder;
import dev.tandem.backfill.report.SummaryBuilder;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads the aggregates topic, in a task: the latest record of each wanted row of the pipeline's
 * present definitions.
 *
 * @param barrier values are as of this barrier; 0: as they are now
 */
record ServedReading(LogReading log, RowChoice wanted, long barrier) implements Serializable {

  /** The later of two records of one row. */
  static byte[] later(byte[] a, byte[] b) {
    return Bytes.reader(a).getFixed() >= Bytes.reader(b).getFixed() ? a : b;
  }

  /** The state's bytes; none for a row that is not served. */
  static byte[] state(byte[] value) {
    return Arrays.copyOfRange(value, Long.BYTES, value.length);
  }

  /**
   * The rows of some splits. A value is offset (8) and state, no state for a row that is not
   * served.
   */
  Iterator<Tuple2<RowKey, byte[]>> rows(Iterator<LogSplit> splits) {
    PipelineDefinition pipeline = log.pipeline().definition();
    RowJson json = new RowJson(pipeline.zone());
    Predicate<RowKey> isWanted = wanted.predicate();
    List<Tuple2<RowKey, byte[]>> rows = new ArrayList<>();
    latest(splits)
        .forEach(
            (key, value) ->
                row(pipeline, json, key.array(), value)
                    .filter(r -> isWanted.test(r.key))
                    .ifPresent(r -> rows.add(new Tuple2<>(r.key, value(value.offset, r.state)))));
    return rows.iterator();
  }

  private Map<ByteBuffer, Latest> latest(Iterator<LogSplit> splits) {
    Map<ByteBuffer, Latest> latest = new HashMap<>();
    log.read(splits, record -> latest.put(ByteBuffer.wrap(record.key()), latest(record)));
    return latest;
  }

  /**
   * The certificate of the rows of one whole partition of the topic, which has every record of its
   * rows: nothing needs to go to another task. Splits are read from the last to the first, and of
   * rows seen before nothing counts; they are remembered by hash, 64 bits each. Should two rows
   * have one hash, the certificate comes out wrong, and the rows are looked at for nothing.
   */
  Certificate certificate(LogSplit whole) {
    PipelineDefinition pipeline = log.pipeline().definition();
    Layouts layouts = new Layouts(pipeline);
    RowJson json = new RowJson(pipeline.zone());
    Predicate<RowKey> isWanted = wanted.predicate();
    CertificateBuilder certificate = new CertificateBuilder(pipeline.zone());
    Set<Long> seen = new HashSet<>();
    List<LogSplit> splits = whole.split();
    for (int i = splits.size() - 1; i >= 0; i--) {
      boolean first = i == 0;
      latest(List.of(splits.get(i)).iterator())
          .forEach(
              (key, value) -> {
                long hash = Hashes.of(key.array());
                if (first ? !seen.contains(hash) : seen.add(hash)) {
                  row(pipeline, json, key.array(), value)
                      .filter(r -> isWanted.test(r.key))
                      .ifPresent(r -> certificate.add(layouts.require(r.key), r.key, r.state));
                }
              });
    }
    return certificate.build();
  }

  /** What a record says: definition (0: none, a tombstone), state, state as of the barrier. */
  private record Latest(
      long offset, long definition, byte[] state, byte @Nullable [] stateBefore) {}

  private record Row(RowKey key, byte[] state) {}

  private Latest latest(ConsumerRecord<byte[], byte[]> record) {
    long definition = 0;
    byte[] state = {};
    @Nullable Header header = record.headers().lastHeader(Topics.STATE_HEADER);
    if (record.value() != null && header != null) {
      Bytes in = Bytes.reader(header.value());
      definition = in.getFixed();
      state = in.getRest();
    }
    return new Latest(record.offset(), definition, state, stateBefore(record));
  }

  private byte @Nullable [] stateBefore(ConsumerRecord<byte[], byte[]> record) {
    @Nullable Header header =
        barrier == 0 ? null : record.headers().lastHeader(Topics.STATE_BEFORE_HEADER);
    if (header == null) {
      return null;
    }
    Bytes in = Bytes.reader(header.value());
    return in.getFixed() == barrier ? in.getRest() : null;
  }

  /** Empty for a row of an aggregate that the pipeline does not have, or had with other keys. */
  private static Optional<Row> row(
      PipelineDefinition pipeline, RowJson json, byte[] key, Latest latest) {
    Optional<AggregateDefinition> found = pipeline.aggregate(RowJson.aggregateOf(key));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    AggregateDefinition aggregate = found.get();
    RowKey rowKey;
    try {
      rowKey = RowJson.parseKey(aggregate, key);
    } catch (IllegalArgumentException otherDimensions) {
      return Optional.empty();
    }
    boolean present = latest.definition == aggregate.id();
    if (!present && !Arrays.equals(json.key(aggregate, rowKey), key)) {
      return Optional.empty();
    }
    if (latest.stateBefore != null) {
      RowState before = RowState.fromBytes(new RowLayout(aggregate), latest.stateBefore);
      return Optional.of(new Row(rowKey, SummaryBuilder.bytes(before)));
    }
    return Optional.of(new Row(rowKey, present ? latest.state : new byte[0]));
  }

  private static byte[] value(long offset, byte[] state) {
    Bytes out = Bytes.writer();
    out.putFixed(offset);
    out.putBytes(state);
    return out.toArray();
  }
}
