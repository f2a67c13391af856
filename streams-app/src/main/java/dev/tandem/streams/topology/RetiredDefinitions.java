package dev.tandem.streams.topology;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Rows of definitions that the pipeline no longer has: found when a task starts, deleted and
 * withdrawn from {@code P.aggregates} before the task publishes anything. What a definition's rows
 * were published as is remembered, because the definition itself is gone by then.
 */
final class RetiredDefinitions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PipelineDefinition pipeline;
  private final StoredRows rows;
  private final KeyValueStore<byte[], byte[]> definitions;
  private final List<RowKey> retired = new ArrayList<>();
  private final List<AggregateDefinition> unknown = new ArrayList<>();

  /** How rows of a definition look in keys of {@code P.aggregates}. */
  record PublishedAs(@JsonProperty("name") String name, @JsonProperty("by") List<String> by) {
    static PublishedAs of(AggregateDefinition aggregate) {
      return new PublishedAs(aggregate.name(), aggregate.by().stream().map(Field::name).toList());
    }
  }

  /**
   * Reads all rows once.
   *
   * @param unpublished takes the rows of today's definitions that a stop left unpublished
   * @param found takes all rows of today's definitions
   */
  RetiredDefinitions(
      PipelineDefinition pipeline,
      StoredRows rows,
      KeyValueStore<byte[], byte[]> definitions,
      Consumer<RowKey> unpublished,
      Consumer<RowKey> found) {
    this.pipeline = pipeline;
    this.rows = rows;
    this.definitions = definitions;
    rows.forEach(
        (key, row) -> {
          if (pipeline.aggregate(key.definitionId()).isEmpty()) {
            retired.add(key);
            return;
          }
          found.accept(key);
          if (LiveRow.isPending(row)) {
            unpublished.accept(key);
          }
        });
    for (AggregateDefinition aggregate : pipeline.aggregates()) {
      if (definitions.get(idKey(aggregate.id())) == null) {
        unknown.add(aggregate);
      }
    }
  }

  boolean hasWork() {
    return !retired.isEmpty() || !unknown.isEmpty();
  }

  /**
   * Deletes the rows and remembers today's definitions.
   *
   * @param publish takes keys of {@code P.aggregates} with a null value
   */
  void work(BiConsumer<byte[], byte @Nullable []> publish) {
    RowJson json = new RowJson(pipeline.zone());
    for (RowKey key : retired) {
      Optional<PublishedAs> published = publishedAs(key.definitionId());
      if (published.isPresent() && !isReplaced(key, published.get())) {
        publish.accept(json.key(published.get().name(), published.get().by(), key), null);
      }
      rows.delete(key);
    }
    retired.clear();
    unknown.forEach(a -> definitions.put(idKey(a.id()), write(PublishedAs.of(a))));
    unknown.clear();
  }

  /** Whether a row of today's definition stands under the same key of {@code P.aggregates}. */
  private boolean isReplaced(RowKey key, PublishedAs published) {
    return pipeline
        .aggregate(published.name())
        .filter(today -> PublishedAs.of(today).equals(published))
        .map(today -> rows.has(key.withDefinition(today.id())))
        .orElse(false);
  }

  private Optional<PublishedAs> publishedAs(long definitionId) {
    return Optional.ofNullable(definitions.get(idKey(definitionId))).map(RetiredDefinitions::read);
  }

  private static byte[] idKey(long definitionId) {
    Bytes key = Bytes.writer();
    key.putFixed(definitionId);
    return key.toArray();
  }

  private static byte[] write(PublishedAs published) {
    try {
      return JSON.writeValueAsBytes(published);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedAs read(byte[] bytes) {
    try {
      return JSON.readValue(bytes, PublishedAs.class);
    } catch (IOException e) {
      throw new UncheckedIOException("not a definition's names", e);
    }
  }
}
