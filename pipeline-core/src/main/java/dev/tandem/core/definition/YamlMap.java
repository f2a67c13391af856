package dev.tandem.core.definition;

import dev.tandem.core.config.Nearest;
import dev.tandem.core.config.Problems;
import java.util.Arrays;
import java.util.LinkedHashMap;
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

  /** Refuses any other keys, all of them at once. */
  YamlMap only(String... keys) {
    List<String> known = Arrays.asList(keys);
    Problems problems = new Problems();
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            problems.check(
                () -> {
                  throw entry
                      .key()
                      .error(
                          "unknown key " + name + " in " + what + Nearest.hint(name, known),
                          "known are " + String.join(", ", known));
                });
          }
        });
    problems.refuse();
    return this;
  }

  /**
   * The same with each unknown key as the one that was most likely meant, so that what is said of
   * the misspelt key is not said again of the one that it leaves out.
   */
  YamlMap asMeant(String... keys) {
    List<String> absent = Arrays.stream(keys).filter(key -> !has(key)).toList();
    Map<String, Entry> meant = new LinkedHashMap<>(entries);
    entries.keySet().stream()
        .filter(key -> !Arrays.asList(keys).contains(key))
        .forEach(
            key ->
                Nearest.to(key, absent)
                    .ifPresent(name -> meant.putIfAbsent(name, entries.get(key))));
    return new YamlMap(what, at, meant);
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
