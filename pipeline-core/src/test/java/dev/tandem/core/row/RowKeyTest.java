package dev.tandem.core.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.WindowUnit;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowKeyTest {
  private static final Field A = new Field(0, "a", FieldType.STRING, 0);
  private static final Field B = new Field(1, "b", FieldType.LONG, 0);
  private static final Field C = new Field(2, "c", FieldType.BOOLEAN, 0);
  private static final Field TIME = new Field(3, "at", FieldType.TIMESTAMP, 0);
  private static final AggregateDefinition AGGREGATE =
      new AggregateDefinition(
          0x1234L, "by_abc", List.of(A, B, C), WindowUnit.HOUR, TIME, List.of());

  private static RowKey key(
      long window, @Nullable String a, @Nullable Long b, @Nullable Boolean c) {
    return RowKey.of(AGGREGATE, window, Arrays.asList(a, b, c));
  }

  @Property
  void shouldGiveBackWhatWasPutIn(
      @ForAll long window,
      @ForAll @WithNull String a,
      @ForAll @WithNull Long b,
      @ForAll @WithNull Boolean c) {
    String text = a == null ? null : a.replaceAll("[\\x{D800}-\\x{DFFF}]", "?");
    RowKey key = RowKey.of(key(window, text, b, c).bytes());
    assertThat(key.definitionId()).isEqualTo(0x1234L);
    assertThat(key.windowStart()).isEqualTo(window);
    assertThat(key.dimensions()).isEqualTo(Arrays.asList(text, b, c));
  }

  @Property
  void shouldSortByWindowFirst(
      @ForAll long one, @ForAll long two, @ForAll String a, @ForAll String b) {
    if (one != two) {
      assertThat(Integer.signum(key(one, a, 1L, true).compareTo(key(two, b, 2L, false))))
          .isEqualTo(Long.compare(one, two));
    }
  }

  @Property
  void shouldDifferWhenAnyTextDiffers(@ForAll String a, @ForAll String b) {
    String x = a.replaceAll("[\\x{D800}-\\x{DFFF}]", "?");
    String y = b.replaceAll("[\\x{D800}-\\x{DFFF}]", "?");
    assertThat(key(0, x, 0L, null).equals(key(0, y, 0L, null))).isEqualTo(x.equals(y));
  }

  @Property
  void shouldComeBackFromItsJson(
      @ForAll @WithNull String a, @ForAll @WithNull Long b, @ForAll @WithNull Boolean c) {
    String text = a == null ? null : a.replaceAll("[\\x{D800}-\\x{DFFF}]", "?");
    RowKey key = key(1_498_921_200_000L, text, b, c);
    RowJson json = new RowJson(ZoneId.of("America/Los_Angeles"));
    assertThat(RowJson.parseKey(AGGREGATE, json.key(AGGREGATE, key))).isEqualTo(key);
  }

  /** A change of these bytes is a change of the format: raise the version. */
  @Test
  void shouldKeepItsBytes() {
    assertThat(HexFormat.of().formatHex(key(1, "a\0b", null, true).bytes()))
        .isEqualTo(
            "01"
                + "0000000000001234"
                + "8000000000000001"
                + "0261"
                + "00ff"
                + "62"
                + "0001"
                + "00"
                + "05");
  }

  @Test
  void shouldBoundTheWindowsOfOneDefinition() {
    byte[] from = RowKey.lowerBound(0x1234L, 10);
    byte[] to = RowKey.lowerBound(0x1234L, 20);
    assertThat(Arrays.compareUnsigned(from, key(10, null, null, null).bytes())).isNegative();
    assertThat(Arrays.compareUnsigned(key(19, "zzz", 1L, true).bytes(), to)).isNegative();
    assertThat(Arrays.compareUnsigned(to, key(20, null, null, null).bytes())).isNegative();
  }
}
