package dev.tandem.bench.flink;

import dev.tandem.bench.rows.Totals;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds up a row and gives it out once in a second in which it changed, not at every change. */
final class RowTotals extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Row> {
  private static final long serialVersionUID = 1L;
  private static final long INTERVAL_MS = 1_000;

  private transient ValueState<byte[]> totals;

  @Override
  public void open(OpenContext context) {
    totals =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "totals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(
      Tuple2<String, byte[]> contribution, Context context, Collector<Row> out) throws IOException {
    byte[] before = totals.value();
    totals.update(
        before == null
            ? contribution.f1
            : Totals.fromBytes(before).plus(Totals.fromBytes(contribution.f1)).toBytes());
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer((now / INTERVAL_MS + 1) * INTERVAL_MS);
  }

  @Override
  public void onTimer(long at, OnTimerContext context, Collector<Row> out) throws IOException {
    out.collect(new Row(context.getCurrentKey(), Totals.fromBytes(totals.value()).toJson()));
  }
}
