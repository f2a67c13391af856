package dev.tandem.replay.generate;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The columns, or JSON paths, of a format by name, and what fills each: by the first of their names
 * where they have several.
 */
final class Columns {
  private final Map<String, Filler> fillers = new LinkedHashMap<>();
  private final Fillers make;
  private final PipelineDefinition pipeline;

  private Columns(PipelineDefinition pipeline) {
    this.pipeline = pipeline;
    this.make = new Fillers(pipeline);
  }

  static Map<String, Filler> of(PipelineDefinition pipeline, SourceFormat format) {
    Columns columns = new Columns(pipeline);
    // Whole columns first: of a column that two fields share, the field that it is alone for
    // decides.
    format.sources().stream()
        .sorted(
            Comparator.comparing((FieldSource s) -> s.parts().size() > 1)
                .thenComparing(columns::rank))
        .forEach(columns::add);
    return columns.fillers;
  }

  /** The time first, an id that is joined last, and a list, which may be read from a text, late. */
  private int rank(FieldSource source) {
    Field field = source.field();
    if (field.equals(pipeline.schema().id())) {
      return source.parts().size() > 1 ? 3 : 0;
    } else if (field.equals(pipeline.schema().time())) {
      return 0;
    }
    return field.type() == FieldType.STRINGS ? 2 : 1;
  }

  private void add(FieldSource source) {
    List<String> names = source.parts().stream().map(aliases -> aliases.get(0)).toList();
    if (names.size() == 1) {
      fillers.putIfAbsent(names.get(0), make.of(source));
    } else if (source.field().equals(pipeline.schema().id())) {
      addId(names);
    } else {
      addParts(source, names);
    }
  }

  /**
   * An id of several columns: beside the event time a number that rarely comes again, else ids in
   * the first of them.
   */
  private void addId(List<String> names) {
    boolean timed = names.stream().anyMatch(fillers::containsKey);
    String varied = names.stream().filter(n -> !isTime(n)).findFirst().orElse(names.get(0));
    fillers.put(varied, timed ? Fillers.rounds() : Fillers.ids());
    names.forEach(n -> fillers.putIfAbsent(n, Fillers.rounds()));
  }

  private boolean isTime(String column) {
    return pipeline.formats().stream()
        .flatMap(f -> f.sources().stream())
        .filter(s -> s.field().type() == FieldType.TIMESTAMP)
        .anyMatch(s -> s.parts().stream().anyMatch(aliases -> aliases.contains(column)));
  }

  /** One text over several columns, cut where it is joined when read. */
  private void addParts(FieldSource source, List<String> names) {
    Filler whole = make.of(source);
    Filler once = new LastDraft(whole);
    Pattern cut = Pattern.compile(Pattern.quote(source.join()));
    for (int i = 0; i < names.size(); i++) {
      int part = i;
      fillers.putIfAbsent(names.get(i), d -> part(cut, once.value(d), part, names, source.field()));
    }
  }

  private Object part(Pattern cut, Object value, int part, List<String> names, Field field) {
    String[] texts = cut.split(value.toString(), -1);
    if (value.equals("")) {
      return "";
    } else if (texts.length < names.size()) {
      throw TandemException.wrongUse(
          "Cannot make up a history of "
              + pipeline.name()
              + ": "
              + field.name()
              + " stands in "
              + names.size()
              + " columns and its values have fewer parts");
    }
    List<String> rest = new ArrayList<>(List.of(texts).subList(part, texts.length));
    return part == names.size() - 1 ? String.join(" ", rest) : texts[part];
  }

  /** All parts of a row are parts of one value, so it is drawn once a row. */
  private static final class LastDraft implements Filler {
    private final Filler filler;
    private long number = -1;
    private Object value = "";

    LastDraft(Filler filler) {
      this.filler = filler;
    }

    @Override
    public Object value(Draft draft) {
      if (draft.number() != number) {
        number = draft.number();
        value = filler.value(draft);
      }
      return value;
    }
  }
}
