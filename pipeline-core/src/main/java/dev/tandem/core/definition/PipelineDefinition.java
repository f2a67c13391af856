package dev.tandem.core.definition;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A validated pipeline: how its files and events are read, the rules, the aggregates, what its page
 * shows, what is decided on its stream. Immutable.
 */
public record PipelineDefinition(
    String name,
    String description,
    ZoneId zone,
    Schema schema,
    List<SourceFormat> formats,
    List<Rule> rules,
    List<AggregateDefinition> aggregates,
    Page page,
    Decisions decisions) {
  /**
   * Part of every definition id: raise it when the same definition would give other rows or bytes.
   */
  public static final int FORMAT_VERSION = 1;

  public PipelineDefinition {
    formats = List.copyOf(formats);
    rules = List.copyOf(rules);
    aggregates = List.copyOf(aggregates);
  }

  /** The fields of events as they are read and as the events topic has them: all but derived. */
  public List<Field> eventFields() {
    Set<Field> derived =
        rules.stream()
            .filter(rule -> rule instanceof Rule.Extract extract && extract.derived())
            .map(Rule::target)
            .collect(Collectors.toSet());
    return schema.fields().stream().filter(field -> !derived.contains(field)).toList();
  }

  /** Without decisions, and with a page made from the aggregates, or empty where there is none. */
  public PipelineDefinition(
      String name,
      String description,
      ZoneId zone,
      Schema schema,
      List<SourceFormat> formats,
      List<Rule> rules,
      List<AggregateDefinition> aggregates) {
    this(
        name,
        description,
        zone,
        schema,
        formats,
        rules,
        aggregates,
        new Page(
            aggregates.isEmpty() ? List.of() : DefaultPanels.of(aggregates),
            List.of(),
            Optional.empty()),
        Decisions.NONE);
  }

  /** The same for files that hold events as the events topic has them. */
  public PipelineDefinition readingEvents() {
    return new PipelineDefinition(
        name,
        description,
        zone,
        schema,
        List.of(SourceFormat.ofEvents(eventFields())),
        rules,
        aggregates,
        page,
        decisions);
  }

  /** Its formats of one kind, in order. */
  public List<SourceFormat> formats(SourceFormat.Kind kind) {
    return formats.stream().filter(format -> format.kind() == kind).toList();
  }

  public Optional<AggregateDefinition> aggregate(String aggregateName) {
    return aggregates.stream().filter(a -> a.name().equals(aggregateName)).findFirst();
  }

  public Optional<AggregateDefinition> aggregate(long definitionId) {
    return aggregates.stream().filter(a -> a.id() == definitionId).findFirst();
  }
}
