package dev.tandem.core.definition;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a YAML 1.2 file that knows where it stands: whatever is wrong with it is said as
 * {@code file:line:column: what — remedy}.
 */
record Yaml(Path file, Node node) {

  /** The one document of a file. */
  static Yaml read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw TandemException.wrongUse("No file " + file + ": check the path", e);
    } catch (CharacterCodingException e) {
      throw TandemException.wrongUse(file + " is not UTF-8: save it as UTF-8", e);
    } catch (IOException e) {
      throw TandemException.failed("Cannot read " + file + ": " + e, e);
    }
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      Node root =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(
                  () ->
                      TandemException.wrongUse(
                          file
                              + ":1:1: the file is empty — write a pipeline, see"
                              + " config/pipelines"));
      return new Yaml(file, root);
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(Yaml::place).orElse(":1:1");
      throw TandemException.wrongUse(
          file + place + ": not YAML: " + e.getProblem() + " — correct the line", e);
    } catch (YamlEngineException e) {
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      throw TandemException.wrongUse(file + ":1:1: not YAML: " + problem + " — correct it", e);
    }
  }

  /** What is wrong here and what to do. */
  TandemException error(String what, String remedy) {
    String place = node.getStartMark().map(Yaml::place).orElse("");
    return TandemException.wrongUse(file + place + ": " + what + " — " + remedy);
  }

  boolean isText() {
    return node instanceof ScalarNode && !isNull();
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /** The text of a scalar that is not empty; numbers and booleans as they are written. */
  String text(String what) {
    if (isNull() || (node instanceof ScalarNode s && s.getValue().isBlank())) {
      throw error(what + " has no value", "write one or remove the key");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().strip();
    }
    throw error(what + " must be a text, found " + kind(), "write a single value");
  }

  List<Yaml> list(String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(n -> new Yaml(file, n)).toList();
    }
    throw error(what + " must be a list, found " + kind(), "write [a, b] or a line '- a' each");
  }

  /** A mapping with distinct keys. */
  YamlMap map(String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(what + " must be a mapping, found " + kind(), "write 'key: value' lines");
    }
    Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Yaml key = new Yaml(file, tuple.getKeyNode());
      String name = key.text("a key of " + what);
      YamlMap.Entry earlier =
          entries.put(name, new YamlMap.Entry(key, new Yaml(file, tuple.getValueNode())));
      if (earlier != null) {
        String line =
            earlier.key().node.getStartMark().map(m -> "" + (m.getLine() + 1)).orElse("?");
        throw key.error(
            "duplicate key " + name + " in " + what + ", first in line " + line,
            "keep one of them");
      }
    }
    return new YamlMap(what, this, entries);
  }

  private String kind() {
    if (isNull()) {
      return "nothing";
    }
    return isMap() ? "a mapping" : isList() ? "a list" : "a text";
  }

  private static String place(Mark mark) {
    return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}
