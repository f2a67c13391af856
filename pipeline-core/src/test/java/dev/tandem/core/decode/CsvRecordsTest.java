package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class CsvRecordsTest {
  private static CsvRecords records(String text) {
    return new CsvRecords(
        new Lines(new ByteArrayInputStream(text.getBytes(UTF_8)), "f"), List.of(','));
  }

  @Property
  void shouldReadTheCellsThatWereWritten(
      @ForAll @Size(max = 5)
          List<
                  @Size(min = 2, max = 4) List<
                      @StringLength(max = 5) @Chars({'a', ',', '"', '\r', '\n', 'é', ' '}) String>>
              rows,
      @ForAll LineDelimiter delimiter)
      throws IOException {
    StringWriter file = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(delimiter).build(file)) {
      rows.forEach(writer::writeRecord);
    }
    CsvRecords records = records(file.toString());
    for (List<String> row : rows) {
      assertThat(records.advance()).get().isInstanceOf(CsvRecords.Found.Whole.class);
      Cells cells = records.cells();
      assertThat(IntStream.range(0, cells.count()).mapToObj(cells::text))
          .isEqualTo(row.stream().map(String::strip).toList());
    }
    assertThat(records.advance()).isEmpty();
  }

  /** Whatever a file holds, each of its bytes belongs to one record, and no line is read twice. */
  @Property
  void shouldLoseNothingOfAnyText(
      @ForAll @NotEmpty @StringLength(max = 40) @Chars({'a', ',', '"', '\r', '\n', 'é'})
          String text) {
    CsvRecords records = records(text);
    List<String> raw = new ArrayList<>();
    long line = 0;
    for (Optional<CsvRecords.Found> found = records.advance();
        found.isPresent();
        found = records.advance()) {
      assertThat(records.line()).isGreaterThan(line);
      line = records.line();
      raw.add(new String(records.raw(), UTF_8));
    }
    assertThat(String.join("", raw).replaceAll("[\r\n]", ""))
        .isEqualTo(text.replaceAll("[\r\n]", ""));
  }
}
