package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.parquet.ParquetRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/**
 * The records of one file, one after the other, in memory that does not depend on the file's size.
 * Files may be gzip (told by their first bytes, not by their name), UTF-8 with or without BOM, with
 * any line breaks, also mixed; or Parquet, of which a row group is in memory. Every record gives
 * one {@link Decoded}.
 *
 * <p>A file that breaks off or is damaged gives all whole records before the break; then {@code
 * hasNext} throws a {@link TandemException} that names the file and the line.
 *
 * <p>Not thread-safe.
 */
public final class FileDecoder implements Iterator<Decoded>, AutoCloseable {
  /** A longer record is not an event: 1 MiB. */
  public static final int MAX_RECORD_BYTES = 1 << 20;

  private final Runnable close;
  private final RecordDecoder decoder;

  private FileDecoder(Runnable close, RecordDecoder decoder) {
    this.close = close;
    this.decoder = decoder;
  }

  /**
   * Opens a local file.
   *
   * @throws TandemException when it cannot be read, or has none of the pipeline's formats
   */
  public static FileDecoder open(PipelineDefinition pipeline, Path file) {
    InputStream in;
    try {
      if (isParquet(file)) {
        return openParquet(pipeline, new LocalInputFile(file), file.toString());
      }
      in = Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw TandemException.wrongUse("No file " + file + ": check the path", e);
    } catch (IOException e) {
      throw TandemException.failed("Cannot open " + file + ": " + e, e);
    }
    return open(pipeline, in, file.toString());
  }

  /**
   * Takes over a stream, plain or gzip.
   *
   * @param in is closed with the decoder, also when this method throws
   * @param name the file's name, for messages
   * @throws TandemException when the beginning cannot be read, or the file has none of the
   *     pipeline's formats
   */
  public static FileDecoder open(PipelineDefinition pipeline, InputStream in, String name) {
    Lines lines = new Lines(in, name);
    try {
      return new FileDecoder(lines::close, decoder(pipeline, lines, name));
    } catch (Throwable t) {
      lines.close();
      throw t;
    }
  }

  /**
   * Whether a local file is Parquet, told by its first bytes.
   *
   * @throws IOException when it cannot be read
   */
  public static boolean isParquet(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ParquetRows.isParquet(in);
    }
  }

  /**
   * Opens a Parquet file; its rows are decoded by the pipeline's formats for CSV, by the names of
   * columns, or for JSON lines, by paths through structures and lists.
   *
   * @throws TandemException when it cannot be read, or its columns are those of no format
   */
  public static FileDecoder openParquet(PipelineDefinition pipeline, InputFile file, String name) {
    ParquetRows rows = ParquetRows.open(file, name);
    try {
      return new FileDecoder(rows::close, ParquetDecoder.open(pipeline, rows, name));
    } catch (Throwable t) {
      rows.close();
      throw t;
    }
  }

  private static RecordDecoder decoder(PipelineDefinition pipeline, Lines lines, String name) {
    List<SourceFormat> csv = pipeline.formats(SourceFormat.Kind.CSV);
    List<SourceFormat> json = pipeline.formats(SourceFormat.Kind.JSON_LINES);
    if (lines.startWith(ParquetRows.magic())) {
      throw TandemException.wrongUse(
          name
              + " is Parquet, which cannot be read from a stream: write it to a file and name"
              + " that");
    }
    if (csv.isEmpty() && json.isEmpty()) {
      throw TandemException.wrongUse(
          "Pipeline " + pipeline.name() + " has no formats: add some to read " + name);
    }
    if (csv.isEmpty() || (!json.isEmpty() && lines.firstByte() == '{')) {
      return new JsonLinesDecoder(pipeline, json.get(0), lines);
    }
    return CsvDecoder.open(pipeline, csv, lines, name);
  }

  /** The format that the file has. */
  public SourceFormat format() {
    return decoder.format();
  }

  @Override
  public boolean hasNext() {
    return decoder.hasNext();
  }

  @Override
  public Decoded next() {
    return decoder.next();
  }

  @Override
  public void close() {
    close.run();
  }
}
