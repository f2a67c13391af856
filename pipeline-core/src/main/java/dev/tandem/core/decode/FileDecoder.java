package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The records of one file, one after the other, in memory that does not depend on the file's size.
 * Files may be gzip (told by their first bytes, not by their name), UTF-8 with or without BOM, with
 * any line breaks, also mixed. Every record gives one {@link Decoded}.
 *
 * <p>A file that breaks off or is damaged gives all whole records before the break; then {@code
 * hasNext} throws a {@link TandemException} that names the file and the line.
 *
 * <p>Not thread-safe.
 */
public final class FileDecoder implements Iterator<Decoded>, AutoCloseable {
  /** A longer record is not an event: 1 MiB. */
  public static final int MAX_RECORD_BYTES = 1 << 20;

  private final Lines lines;
  private final RecordDecoder decoder;

  private FileDecoder(Lines lines, RecordDecoder decoder) {
    this.lines = lines;
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
      return new FileDecoder(lines, decoder(pipeline, lines, name));
    } catch (Throwable t) {
      lines.close();
      throw t;
    }
  }

  private static RecordDecoder decoder(PipelineDefinition pipeline, Lines lines, String name) {
    List<SourceFormat> csv = formats(pipeline, SourceFormat.Kind.CSV);
    List<SourceFormat> json = formats(pipeline, SourceFormat.Kind.JSON_LINES);
    if (csv.isEmpty() && json.isEmpty()) {
      throw TandemException.wrongUse(
          "Pipeline " + pipeline.name() + " has no formats: add some to read " + name);
    }
    if (csv.isEmpty() || (!json.isEmpty() && lines.firstByte() == '{')) {
      return new JsonLinesDecoder(pipeline, json.get(0), lines);
    }
    return CsvDecoder.open(pipeline, csv, lines, name);
  }

  private static List<SourceFormat> formats(PipelineDefinition pipeline, SourceFormat.Kind kind) {
    return pipeline.formats().stream().filter(f -> f.kind() == kind).toList();
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
    lines.close();
  }
}
