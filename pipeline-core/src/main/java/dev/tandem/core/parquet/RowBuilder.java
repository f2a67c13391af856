package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Puts rows together from what the library finds column by column. Not thread-safe. */
final class RowBuilder extends RecordMaterializer<ParquetRow> {
  private final TextTally texts = new TextTally();
  private final GroupNodes root;
  private ObjectNode values = JsonNodeFactory.instance.objectNode();
  private long rows;

  RowBuilder(MessageType schema) {
    this.root =
        new GroupNodes(
            schema,
            texts,
            row -> {
              values = row;
            });
  }

  @Override
  public ParquetRow getCurrentRecord() {
    ParquetRow row = new ParquetRow(++rows, values, texts.bytes(), texts.isUtf8());
    texts.reset();
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
