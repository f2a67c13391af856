package dev.tandem.bench.flink;

import dev.tandem.bench.rows.RowKeys;
import dev.tandem.bench.rows.Totals;
import dev.tandem.bench.rows.Trip;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** An event as what it adds to each of its rows: key, totals as bytes. */
final class Contributions implements FlatMapFunction<byte[], Tuple2<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(byte[] event, Collector<Tuple2<String, byte[]>> out) {
    Trip trip = Trip.parse(event);
    byte[] totals = Totals.of(trip).toBytes();
    for (String key : RowKeys.of(trip)) {
      out.collect(Tuple2.of(key, totals));
    }
  }
}
