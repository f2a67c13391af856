package dev.tandem.bench.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvBytesTest {

  @Test
  void shouldTakeQuotesAndBlanksAway() {
    assertThat(records("\uFEFFa, b ,\r\n\"x, y\",\"say \"\"hi\"\"\",z"))
        .containsExactly(List.of("a", "b", ""), List.of("x, y", "say \"hi\"", "z"));
  }

  @Test
  void shouldEndWithTheLastLineWhetherItEndsOrNot() {
    assertThat(records("a,b\n1,2\n")).containsExactly(List.of("a", "b"), List.of("1", "2"));
    assertThat(records("a,b\n1,")).containsExactly(List.of("a", "b"), List.of("1", ""));
    assertThat(records("")).isEmpty();
  }

  private static List<List<String>> records(String text) {
    CsvBytes csv = new CsvBytes(text.getBytes(StandardCharsets.UTF_8));
    List<List<String>> records = new ArrayList<>();
    while (csv.next()) {
      records.add(csv.texts());
    }
    return records;
  }
}
