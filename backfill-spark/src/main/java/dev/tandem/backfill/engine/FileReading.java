package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.EventCounts;
import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.EventBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Reads input files, in a task, one row at a time. */
record FileReading(PipelineText pipeline) implements Serializable {
  /** A file's rows take the lower bits of a rank, its place in the order given the upper ones. */
  private static final int ROW_BITS = 40;

  /**
   * An input file.
   *
   * @param index place in the order given
   * @param name local path, or URI with a scheme for Hadoop
   */
  record InputFile(int index, String name) implements Serializable {}

  /** Whether a name is a URI that Hadoop reads, and not a local path. */
  static boolean isUri(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  }

  /** The rows of one file; the counts go to {@code counts} when they are through. */
  Iterator<Tuple2<String, EventVersions>> events(InputFile file, PerPartition<EventCounts> counts) {
    PipelineDefinition definition = pipeline.definition();
    FileDecoder decoder = open(definition, file.name());
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> decoder.close());
    return new Rows(decoder, new EventBytes(definition.schema()), file.index(), counts);
  }

  private static FileDecoder open(PipelineDefinition definition, String name) {
    if (!isUri(name)) {
      return FileDecoder.open(definition, Path.of(name));
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(name);
    InputStream in;
    try {
      in = path.getFileSystem(SparkHadoopUtil.get().conf()).open(path);
    } catch (IOException e) {
      throw TandemException.failed("Cannot open " + name + ": " + e, e);
    }
    return FileDecoder.open(definition, in, name);
  }

  private static final class Rows implements Iterator<Tuple2<String, EventVersions>> {
    private final FileDecoder decoder;
    private final EventBytes bytes;
    private final PerPartition<EventCounts> counts;
    private final Map<String, Long> rejected = new TreeMap<>();
    private long rank;
    private long events;
    private boolean reported;
    private @Nullable Tuple2<String, EventVersions> next;

    Rows(FileDecoder decoder, EventBytes bytes, int index, PerPartition<EventCounts> counts) {
      this.decoder = decoder;
      this.bytes = bytes;
      this.counts = counts;
      this.rank = (long) index << ROW_BITS;
    }

    @Override
    public boolean hasNext() {
      while (next == null && decoder.hasNext()) {
        Decoded decoded = decoder.next();
        rank++;
        if (decoded instanceof Decoded.Good good) {
          events++;
          byte[] event = bytes.encode(good.event());
          next = new Tuple2<>(good.event().id(), EventVersions.ofFile(rank, event));
        } else if (decoded instanceof Decoded.Bad bad) {
          rejected.merge(bad.reason().code(), 1L, Long::sum);
        }
      }
      if (next == null && !reported) {
        reported = true;
        counts.report(new EventCounts(events, rejected));
      }
      return next != null;
    }

    @Override
    public Tuple2<String, EventVersions> next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Tuple2<String, EventVersions> result = next;
      next = null;
      return result;
    }
  }
}
