package dev.tandem.core.definition;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads a pipeline's YAML file. Mistakes in it are one {@link TandemException} of wrong use, with a
 * line {@code file:line:column: what — remedy} for each.
 */
public final class PipelineLoader {
  private static final String ENDING = ".yaml";
  private static final String[] KEYS = {
    "pipeline",
    "description",
    "zone",
    "fields",
    "id",
    "time",
    "formats",
    "rules",
    "metrics",
    "aggregates",
    "panels",
    "filters",
    "map",
    "origin",
    "lateness",
    "decisions"
  };

  private PipelineLoader() {}

  /** The pipeline {@code name} of {@code configDir/pipelines/name.yaml}. */
  public static PipelineDefinition load(Path configDir, String name) {
    Path file = find(configDir, name);
    PipelineDefinition definition = load(file);
    if (!definition.name().equals(name)) {
      throw TandemException.wrongUse(
          file
              + " defines the pipeline "
              + definition.name()
              + ": rename the file or the pipeline");
    }
    return definition;
  }

  /** Where the data of the pipeline {@code name} comes from, as far as its file says it. */
  public static Origin origin(Path configDir, String name) {
    return OriginParser.parse(Yaml.read(find(configDir, name)).map("the pipeline"));
  }

  private static Path find(Path configDir, String name) {
    Path dir = configDir.resolve("pipelines");
    Path file = dir.resolve(name + ENDING);
    if (!Names.isName(name) || !Files.isRegularFile(file)) {
      List<String> known = names(dir);
      throw TandemException.wrongUse(
          "No pipeline "
              + name
              + " in "
              + dir
              + Nearest.hint(name, known)
              + ": "
              + (known.isEmpty() ? "no pipeline is there, check --config" : "there are ")
              + String.join(", ", known));
    }
    return file;
  }

  /**
   * The names of the pipelines in {@code configDir/pipelines}, sorted; empty when there are none.
   */
  public static List<String> list(Path configDir) {
    return names(configDir.resolve("pipelines"));
  }

  /** The pipeline of one file. */
  public static PipelineDefinition load(Path file) {
    YamlMap map = Yaml.read(file).map("the pipeline");
    Problems problems = new Problems();
    problems.check(() -> map.only(KEYS));
    PipelineDefinition definition = load(map.asMeant(KEYS), problems);
    problems.refuse();
    return definition;
  }

  /**
   * What depends on a part that is wrong is not looked at: its problems would be those of the part.
   *
   * @param problems takes what is wrong with parts on which nothing else depends
   */
  private static PipelineDefinition load(YamlMap map, Problems problems) {
    Optional<String> name =
        problems.collect(() -> Names.declared(map.required("pipeline"), "a pipeline"));
    Optional<String> description =
        problems.collect(
            () -> map.optional("description").map(d -> d.text("description")).orElse(""));
    Optional<ZoneId> someZone = problems.collect(() -> zone(map.required("zone")));
    Schema schema = require(problems, () -> schema(map));
    List<SourceFormat> formats =
        require(
            problems,
            () -> map.optional("formats").map(new FormatsParser(schema)::parse).orElse(List.of()));
    RulesParser rulesParser = new RulesParser(schema, formats);
    Optional<List<Rule>> rules =
        problems.collect(() -> map.optional("rules").map(rulesParser::parse).orElse(List.of()));
    ZoneId zone = someZone.orElse(ZoneOffset.UTC);
    List<AggregateDefinition> aggregates =
        require(
            problems,
            () ->
                new AggregatesParser(zone, schema, rules.orElse(List.of()))
                    .parse(map.required("aggregates"), map.optional("metrics")));
    Page page = require(problems, () -> new PageParser(aggregates).parse(map));
    problems.collect(() -> OriginParser.parse(map));
    Decisions decisions =
        require(
            problems,
            () -> new DecisionsParser(schema, rules.orElse(List.of()), aggregates).parse(map));
    problems.refuse();
    return new PipelineDefinition(
        name.orElseThrow(),
        description.orElseThrow(),
        zone,
        schema,
        formats,
        rules.orElseThrow(),
        aggregates,
        page,
        decisions);
  }

  /** A part that others need: when it is wrong, everything found so far is said. */
  private static <T> T require(Problems problems, Supplier<T> part) {
    Optional<T> read = problems.collect(part);
    if (read.isEmpty()) {
      problems.refuse();
    }
    return read.orElseThrow();
  }

  private static Schema schema(YamlMap map) {
    Map<String, Field> fields = FieldsParser.parse(map.required("fields"));
    Field id = Names.field(map.required("id"), "id", fields, FieldType.STRING);
    Field time = Names.field(map.required("time"), "time", fields, FieldType.TIMESTAMP);
    return new Schema(List.copyOf(fields.values()), id, time);
  }

  private static ZoneId zone(Yaml node) {
    String text = node.text("zone");
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw node.error(
          "unknown time zone " + text + Nearest.hint(text, ZoneId.getAvailableZoneIds()),
          "write a name like America/Los_Angeles, or UTC");
    }
  }

  private static List<String> names(Path dir) {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(ENDING))
          .map(n -> n.substring(0, n.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw TandemException.failed("Cannot list " + dir + ": " + e, e);
    }
  }
}
