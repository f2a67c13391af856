package dev.tandem.replay.init;

import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.SourceFormat;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A draft as the text of a pipeline file; what is to be confirmed is a comment that begins so. */
final class DraftYaml {
  /** What comments on unsure guesses begin with. */
  static final String CONFIRM = "# CONFIRM: ";

  private final Draft draft;
  private final Sample sample;
  private final StringBuilder yaml = new StringBuilder();

  DraftYaml(Draft draft, Sample sample) {
    this.draft = draft;
    this.sample = sample;
  }

  /**
   * @param file for the comment on top
   * @param zone of local times; empty: UTC, to be confirmed
   */
  String write(String name, String file, Optional<ZoneId> zone) {
    line(
        "# Drafted by './tandem init' from %s (%s%,d rows)."
            .formatted(file, sample.whole() ? "" : "the first ", sample.rows()));
    line(
        "# docs/pipelines.md says what may stand here. Change what the lines that say CONFIRM"
            + " doubt, and take them away.");
    line("pipeline: " + name);
    line("");
    zone(zone);
    line("");
    line("fields:");
    draft.fields().forEach(f -> line("  " + f.name() + ": " + type(f)));
    words().ifPresent(word -> line("  " + word + ": strings"));
    line("");
    line("# An event counts once by its id.");
    draft.idDoubt().ifPresent(this::confirm);
    line("id: " + draft.id().name());
    if (!draft.otherTimes().isEmpty()) {
      confirm(
          "when an event happened; it could be "
              + String.join(" or ", draft.otherTimes())
              + " as well");
    }
    line("time: " + draft.time().name());
    line("");
    format();
    rules();
    new DraftAggregates(draft, words()).lines().forEach(this::line);
    return yaml.toString();
  }

  /** The field that holds the words of a text. */
  private Optional<String> words() {
    return draft.prose().map(text -> text.name() + "_word");
  }

  private void zone(Optional<ZoneId> zone) {
    boolean local =
        draft.fields().stream().flatMap(f -> f.time().stream()).anyMatch(TimeGuess::local);
    if (zone.isEmpty()) {
      confirm(
          local
              ? "where the file's clocks are, such as Europe/Berlin: its times have no offset"
              : "in whose days and hours events are counted, such as Europe/Berlin");
    }
    line("zone: " + zone.map(ZoneId::getId).orElse("UTC"));
  }

  private static String type(DraftField field) {
    String type = field.type().name().toLowerCase(Locale.ROOT);
    return field.type() == FieldType.DECIMAL
        ? "{type: decimal, scale: " + field.scale() + "}"
        : type;
  }

  private void format() {
    boolean csv = sample.kind() == SourceFormat.Kind.CSV;
    line("formats:");
    line("  file:");
    line("    type: " + (csv ? "csv" : "json-lines"));
    if (csv && sample.delimiter() != SourceFormat.COMMA) {
      line(
          "    delimiter: "
              + (sample.delimiter() == '\t' ? "tab" : Quoted.of("" + sample.delimiter())));
    }
    line(csv ? "    columns:" : "    paths:");
    for (DraftField field : draft.fields()) {
      field
          .doubt()
          .ifPresent(doubt -> yaml.append("      ").append(CONFIRM).append(doubt).append('\n'));
      line("      " + field.name() + ": " + source(field));
    }
    line("");
  }

  private static String source(DraftField field) {
    List<String> columns = field.columns().stream().map(c -> Quoted.ifNeeded(c.name())).toList();
    String from = columns.size() == 1 ? columns.get(0) : "[" + String.join(", ", columns) + "]";
    List<String> parts = new ArrayList<>(List.of("from: " + from));
    if (columns.size() > 1 && field.time().isEmpty()) {
      parts.add("join: " + Quoted.of(IdGuess.JOIN));
    }
    field.time().ifPresent(time -> parts.add(time.reading()));
    field.reading().ifPresent(parts::add);
    if (field.column().filled() == 0) {
      parts.add("optional: true");
    }
    return parts.size() == 1 && columns.size() == 1
        ? columns.get(0)
        : parts.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  private void rules() {
    words()
        .ifPresent(
            word -> {
              line("rules:");
              line("  - derive: " + word);
              line("    words_of: " + draft.prose().orElseThrow().name());
              line("  - lower: " + word);
              line("");
            });
  }

  private void confirm(String what) {
    line(CONFIRM + what);
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }
}
