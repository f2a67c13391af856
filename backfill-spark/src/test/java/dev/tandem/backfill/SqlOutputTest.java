package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.backfill.engine.SqlSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The three forms of a result. */
class SqlOutputTest {
  private static final List<SqlSink.Column> COLUMNS =
      List.of(new SqlSink.Column("station", false), new SqlSink.Column("trips", true));

  private static String print(Function<PrintWriter, SqlSink> form, List<List<Object>> rows) {
    StringWriter text = new StringWriter();
    SqlSink sink = form.apply(new PrintWriter(text));
    sink.begin(COLUMNS);
    rows.forEach(sink::row);
    sink.end();
    return text.toString();
  }

  @Test
  void shouldAlignNumbersToTheRightByCharactersNotByUnits() {
    assertThat(print(SqlTable::new, List.of(List.of("🚲 Süd", 7), Arrays.asList(null, 12_000))))
        .isEqualTo(
            """
            station  trips
            -------  -----
            🚲 Süd        7
            null     12000
            """);
  }

  @Test
  void shouldKeepARowOnOneLineWhenAValueHasLineBreaks() {
    assertThat(print(SqlTable::new, List.of(List.of("a\r\nb", 1))).lines()).hasSize(3);
  }

  @Test
  void shouldSayHowManyRowsAreLeftOutOfATable() {
    List<Object> row = List.of("x", 1);
    assertThat(print(SqlTable::new, Collections.nCopies(SqlTable.MOST + 1_500, row)))
        .endsWith("and 1,500 rows more: --csv or --json prints them all\n");
  }

  @Test
  void shouldQuoteForCsvAndLeaveNullEmpty() {
    assertThat(print(SqlCsv::new, List.of(Arrays.asList("a,\"b\"", null))))
        .isEqualTo("station,trips\n\"a,\"\"b\"\"\",\n");
  }

  @Test
  void shouldPrintDecimalsExactlyAndNestedValuesAsJson() {
    List<List<Object>> rows = List.of(List.of(Map.of("k", List.of("v")), new BigDecimal("1E+3")));
    assertThat(print(SqlJson::new, rows))
        .isEqualTo("{\"station\":{\"k\":[\"v\"]},\"trips\":1000}\n");
    assertThat(print(SqlCsv::new, rows)).contains("{\"\"k\"\":[\"\"v\"\"]}").contains("1000");
  }
}
