package dev.tandem.core.parquet;

import dev.tandem.core.TandemException;
import dev.tandem.core.parquet.Codecs.UnsupportedCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file in its order, with all columns. One row group is in memory at a time.
 * Not thread-safe.
 */
public final class ParquetRows implements Iterator<ParquetRow>, AutoCloseable {
  private static final String MAGIC = "PAR1";

  private final String name;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private final RowBuilder builder;
  private @Nullable RecordReader<ParquetRow> group;
  private long groupEnd;
  private long number;

  private ParquetRows(String name, ParquetFileReader reader) {
    this.name = name;
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
    this.columns = new ColumnIOFactory().getColumnIO(schema);
    this.builder = new RowBuilder(schema);
  }

  /** Whether a file begins as Parquet does; reads four bytes of it. */
  public static boolean isParquet(InputStream file) throws IOException {
    return Arrays.equals(file.readNBytes(MAGIC.length()), magic());
  }

  /** What every Parquet file begins with. */
  public static byte[] magic() {
    return MAGIC.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param name for messages
   * @throws TandemException failed, when it is not whole
   */
  public static ParquetRows open(InputFile file, String name) {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    try {
      return new ParquetRows(name, ParquetFileReader.open(file, options));
    } catch (IOException | RuntimeException e) {
      throw TandemException.failed(
          "Cannot read %s as Parquet (%s): is it complete?".formatted(name, e.getMessage()), e);
    }
  }

  /** Names of the columns; of structures the outermost. */
  public List<String> columns() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public boolean hasNext() {
    return inGroup() != null;
  }

  /**
   * @throws TandemException failed, when the file is damaged there
   */
  @Override
  public ParquetRow next() {
    RecordReader<ParquetRow> rows = inGroup();
    if (rows == null) {
      throw new NoSuchElementException();
    }
    number++;
    try {
      return rows.read();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** The row group that has the next row; null at the end. */
  private @Nullable RecordReader<ParquetRow> inGroup() {
    while (number == groupEnd) {
      try {
        @Nullable PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        group = columns.getRecordReader(pages, builder);
        groupEnd += pages.getRowCount();
      } catch (IOException | RuntimeException e) {
        throw unreadable(e);
      }
    }
    return group;
  }

  private TandemException unreadable(Exception e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedCodec) {
        return TandemException.wrongUse(name + ": " + cause.getMessage(), e);
      }
    }
    return TandemException.failed(
        "%s is damaged at row %,d (%s): get it again".formatted(name, number + 1, e), e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw TandemException.failed("Cannot close " + name + ": " + e, e);
    }
  }
}
