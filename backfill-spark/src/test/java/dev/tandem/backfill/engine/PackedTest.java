package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.apache.spark.HashPartitioner;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class PackedTest {
  private static final int PARTITIONS = 3;
  private static final HashPartitioner PARTITIONER = new HashPartitioner(PARTITIONS);

  private static List<Tuple2<Integer, byte[]>> pack(List<Tuple2<String, byte[]>> pairs) {
    List<Tuple2<Integer, byte[]>> arrays = new ArrayList<>();
    new Packed.Packing<>(pairs.iterator(), new Codecs.TextBytes(), PARTITIONER)
        .forEachRemaining(arrays::add);
    return arrays;
  }

  private static Iterator<Tuple2<String, byte[]>> unpack(List<Tuple2<Integer, byte[]>> arrays) {
    return new Packed.Unpacking<>(arrays.iterator(), new Codecs.TextBytes());
  }

  @Test
  void shouldGiveBackEachPairInAnArrayOfItsPartition() {
    Random random = new Random(1);
    Map<String, byte[]> pairs = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      byte[] value = new byte[random.nextInt(100)];
      random.nextBytes(value);
      pairs.put("Ω" + i, value);
    }
    // Larger than any array.
    pairs.put("large", new byte[300_000]);
    List<Tuple2<String, byte[]>> given = new ArrayList<>();
    pairs.forEach((key, value) -> given.add(new Tuple2<>(key, value)));

    List<Tuple2<Integer, byte[]>> arrays = pack(given);

    assertThat(arrays).hasSizeBetween(4, 20);
    int found = 0;
    for (Tuple2<Integer, byte[]> array : arrays) {
      int inArray = 0;
      for (var all = unpack(List.of(array)); all.hasNext(); inArray++) {
        Tuple2<String, byte[]> pair = all.next();
        assertThat(PARTITIONER.getPartition(pair._1())).isEqualTo(array._1());
        assertThat(PARTITIONER.getPartition(array._1())).isEqualTo(array._1());
        assertThat(pair._2()).isEqualTo(pairs.get(pair._1()));
      }
      assertThat(Packed.Packing.count(array._2())).isEqualTo(inArray);
      found += inArray;
    }
    assertThat(found).isEqualTo(pairs.size());
  }

  @Test
  void shouldHaveNoArraysOfNoPairs() {
    assertThat(pack(List.of())).isEmpty();
    Iterator<Tuple2<String, byte[]>> none = unpack(List.of());
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void shouldKeepWhatIsNotThereApartFromWhatIsEmpty() {
    byte[] empty = {};
    EventVersions all = EventVersions.ofFile(7, empty).merge(EventVersions.ofClaims(3, empty));
    var packing =
        new Packed.Packing<>(
            Collections.singleton(new Tuple2<>("a", all)).iterator(),
            new Codecs.Versions(),
            PARTITIONER);
    EventVersions back = new Packed.Unpacking<>(packing, new Codecs.Versions()).next()._2();
    assertThat(back.file()).isEmpty();
    assertThat(back.claims()).isEmpty();
    assertThat(back.log()).isNull();
    assertThat(back).usingRecursiveComparison().isEqualTo(all);
  }
}
