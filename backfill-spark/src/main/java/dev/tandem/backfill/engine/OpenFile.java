package dev.tandem.backfill.engine;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.RunInput;
import dev.tandem.core.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * An input file that is being decoded.
 *
 * @param read what was read of it; ask when all of its records are through
 */
record OpenFile(FileDecoder decoder, Supplier<RunInput> read) {

  /**
   * Text is hashed on its way to the decoder. Parquet is read here and there, so it is hashed as a
   * whole before.
   *
   * @param name local path, or URI with a scheme for Hadoop
   * @throws TandemException when it cannot be read, or has none of the pipeline's formats
   */
  static OpenFile open(PipelineDefinition pipeline, String name) {
    if (!isParquet(name)) {
      HashedStream in = HashedStream.open(name);
      return new OpenFile(FileDecoder.open(pipeline, in, name), in::finish);
    }
    RunInput whole;
    try (HashedStream in = HashedStream.open(name)) {
      whole = in.finish();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return new OpenFile(FileDecoder.openParquet(pipeline, input(name), name), () -> whole);
  }

  private static boolean isParquet(String name) {
    try (HashedStream in = HashedStream.open(name)) {
      return ParquetRows.isParquet(in);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static InputFile input(String name) {
    if (!FileReading.isUri(name)) {
      return new LocalInputFile(Path.of(name));
    }
    try {
      return HadoopInputFile.fromPath(
          new org.apache.hadoop.fs.Path(name), SparkHadoopUtil.get().conf());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static TandemException unreadable(String name, IOException e) {
    return TandemException.failed("Cannot read " + name + ": " + e, e);
  }
}
