package dev.tandem.bench.dsl;

import dev.tandem.bench.rows.RowKeys;
import dev.tandem.bench.rows.Totals;
import dev.tandem.bench.rows.Trip;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Five aggregates in one group: an event becomes a record a row, rows are reduced in a store, every
 * change that leaves the cache is published. Calendar windows of a zone with daylight saving are no
 * windows of the DSL, so they are part of the key.
 */
final class TripsTopology {
  private TripsTopology() {}

  static Topology build(String input, String output) {
    Serde<Totals> totals =
        Serdes.serdeFrom((topic, t) -> t.toBytes(), (topic, bytes) -> Totals.fromBytes(bytes));
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(input, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .flatMap((id, event) -> contributions(event))
        .groupByKey(Grouped.with("rows", Serdes.String(), totals))
        .reduce(Totals::plus, Materialized.with(Serdes.String(), totals))
        .toStream()
        .mapValues(Totals::toJson)
        .to(output, Produced.with(Serdes.String(), Serdes.String()));
    return builder.build();
  }

  private static List<KeyValue<String, Totals>> contributions(byte[] event) {
    Trip trip = Trip.parse(event);
    Totals one = Totals.of(trip);
    return RowKeys.of(trip).stream().map(key -> KeyValue.pair(key, one)).toList();
  }
}
