package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row layouts of a pipeline by the index of their aggregate. Immutable. */
final class Layouts {
  private final List<AggregateDefinition> aggregates;
  private final List<RowLayout> layouts;
  private final Map<Long, Integer> indexes = new HashMap<>();

  Layouts(PipelineDefinition pipeline) {
    aggregates = pipeline.aggregates();
    layouts = aggregates.stream().map(RowLayout::new).toList();
    for (int i = 0; i < aggregates.size(); i++) {
      indexes.put(aggregates.get(i).id(), i);
    }
  }

  int size() {
    return layouts.size();
  }

  RowLayout get(int aggregate) {
    return layouts.get(aggregate);
  }

  AggregateDefinition aggregate(int index) {
    return aggregates.get(index);
  }

  /** Index of the aggregate with this definition; null when the pipeline does not have it. */
  @Nullable Integer index(long definitionId) {
    return indexes.get(definitionId);
  }

  /** Index of the aggregate of a row, which the pipeline has. */
  int require(RowKey key) {
    @Nullable Integer index = index(key.definitionId());
    if (index == null) {
      throw new IllegalStateException("row of an unknown definition: " + key);
    }
    return index;
  }
}
