package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

class PackedIT {
  private static final int IDS = 5_000;

  private static String hex(EventVersions versions) {
    Bytes out = Bytes.writer();
    versions.write(out);
    return HexFormat.of().formatHex(out.toArray());
  }

  /** Each id twice in files, some once more in the log; a plain map is what they must come to. */
  @ParameterizedTest
  @ValueSource(strings = {"500", "1000000000"})
  void shouldMergeAsAMapDoesWhetherItFitsIntoMemoryOrNot(String mostInMemory) {
    Map<String, EventVersions> expected = new HashMap<>();
    List<Tuple2<String, EventVersions>> parts = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      parts.add(new Tuple2<>("id-" + i, EventVersions.ofFile(i, new byte[] {1, (byte) i})));
      parts.add(new Tuple2<>("id-" + i, EventVersions.ofFile(IDS + i, new byte[] {2, (byte) i})));
      if (i % 3 == 0) {
        parts.add(new Tuple2<>("id-" + i, EventVersions.ofLog(i, new byte[0])));
      }
    }
    parts.forEach(part -> expected.merge(part._1(), part._2(), EventVersions::merge));
    Collections.shuffle(parts, new Random(1));

    Path config = Path.of(System.getProperty("tandem.home")).resolve("config");
    PipelineText pipeline = PipelineText.load(config, "biketown");
    Map<String, String> properties =
        Map.of("spark.shuffle.spill.numElementsForceSpillThreshold", mostInMemory);
    AtomicLong spilled = new AtomicLong();
    try (Engine engine =
        Engine.start("packed", pipeline, Map.of(), properties, Optional.of("local[2]"))) {
      engine
          .spark()
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                  spilled.addAndGet(end.taskMetrics().diskBytesSpilled());
                }
              });
      Packed<String, EventVersions> merged =
          Packed.move(
                  engine.spark().parallelizePairs(parts, 5),
                  new Codecs.Versions(),
                  engine.partitioner())
              .merge(EventVersions::merge)
              .persist();
      assertThat(merged.count()).isEqualTo(IDS);
      Map<String, String> found = new HashMap<>();
      merged.forEach((id, versions) -> assertThat(found.put(id, hex(versions))).isNull());
      assertThat(found).hasSize(IDS);
      expected.forEach((id, versions) -> assertThat(found).containsEntry(id, hex(versions)));
    }
    assertThat(spilled.get() > 0).isEqualTo(mostInMemory.equals("500"));
  }
}
