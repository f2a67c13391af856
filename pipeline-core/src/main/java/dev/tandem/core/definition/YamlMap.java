package dev.tandem.core.definition;

import dev.tandem.core.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A YAML mapping.
 *
 * @param what it is, for messages
 * @param at where it stands
 * @param entries by key, in the order of the file
 */
record YamlMap(String what, Yaml at, Map<String, Entry> entries) {

  /** A key and its value, each with its place. */
  record Entry(Yaml key, Yaml value) {}

  /** Refuses any other key. */
  YamlMap only(String... keys) {
    List<String> known = Arrays.asList(keys);
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            throw entry
                .key()
                .error(
                    "unknown key " + name + " in " + what + Nearest.hint(name, known),
                    "known are " + String.join(", ", known));
          }
        });
    return this;
  }

  Yaml required(String key) {
    return optional(key)
        .orElseThrow(() -> at.error(what + " has no " + key, "add '" + key + ": …'"));
  }

  /** The value, or empty when there is no such key. */
  Optional<Yaml> optional(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The one of these keys that is there. */
  Entry exactlyOne(String... keys) {
    List<Entry> found =
        Arrays.stream(keys).filter(this::has).map(entries::get).collect(Collectors.toList());
    if (found.size() != 1) {
      Yaml place = found.isEmpty() ? at : found.get(1).key();
      throw place.error(
          what
              + (found.isEmpty() ? " has none of " : " has more than one of ")
              + String.join(", ", keys),
          "write exactly one of them");
    }
    return found.get(0);
  }
}
