package dev.tandem.backfill.engine;

import dev.tandem.backfill.engine.FileReading.InputFile;
import dev.tandem.core.decision.BatchSignals;
import dev.tandem.core.decision.ClosedHour;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.event.EventBytes;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * What files have to say to decisions, in a task: {@link ClosedHour}s by their hours, several of an
 * hour that add up.
 */
record HourlyReading(PipelineText pipeline) implements Serializable {

  /** Of events, each once, with rules not yet applied. */
  Iterator<Tuple2<Long, byte[]>> events(Iterator<Tuple2<String, EventVersions>> events) {
    BatchSignals signals = new BatchSignals(pipeline.definition());
    EventBytes bytes = new EventBytes(pipeline.definition().schema());
    events.forEachRemaining(
        event -> signals.add(bytes.decode(Objects.requireNonNull(event._2().file()))));
    return hours(signals);
  }

  /** Of the records of a file that are no events; they have the time of the event before. */
  Iterator<Tuple2<Long, byte[]>> rejected(InputFile file) {
    BatchSignals signals = new BatchSignals(pipeline.definition());
    OptionalLong time = OptionalLong.empty();
    long early = 0;
    try (Stream<Decoded> decoded = new DecodedRows(pipeline).decoded(file)) {
      for (Iterator<Decoded> all = decoded.iterator(); all.hasNext(); ) {
        if (all.next() instanceof Decoded.Good good) {
          time = OptionalLong.of(good.event().time());
          for (; early > 0; early--) {
            signals.rejected(time.getAsLong());
          }
        } else if (time.isPresent()) {
          signals.rejected(time.getAsLong());
        } else {
          early++;
        }
      }
    }
    return hours(signals);
  }

  private static Iterator<Tuple2<Long, byte[]>> hours(BatchSignals signals) {
    return signals.hours().stream().map(h -> new Tuple2<>(h.hour(), h.toBytes())).iterator();
  }
}
