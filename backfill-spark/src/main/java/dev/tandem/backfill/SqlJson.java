package dev.tandem.backfill;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.backfill.engine.SqlSink;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints rows as JSON objects, one a line. Of columns with one name the last is kept. */
final class SqlJson implements SqlSink {
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build().writer();

  private final PrintWriter out;
  private List<Column> columns = List.of();

  SqlJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> found) {
    columns = List.copyOf(found);
  }

  @Override
  public void row(List<@Nullable Object> values) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      object.put(columns.get(i).name(), values.get(i));
    }
    out.println(text(object));
  }

  /** A value of a result as JSON. */
  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {}
}
