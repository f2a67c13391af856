package dev.tandem.backfill.engine;

import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;

/** Merges the parts of one row that different tasks folded. */
final class MergeRows implements Function2<byte[], byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  private final PipelineText pipeline;
  private transient @Nullable Layouts layouts;

  MergeRows(PipelineText pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public byte[] call(byte[] a, byte[] b) {
    if (layouts == null) {
      layouts = new Layouts(pipeline.definition());
    }
    return FoldedRow.merge(layouts, a, b);
  }
}
