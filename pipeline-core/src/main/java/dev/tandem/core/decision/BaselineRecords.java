package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The baselines that the records of {@code P.baselines} make up; a version is there once its header
 * and as many other records as that says are. Versions are numbers in decimal digits. Not
 * thread-safe.
 */
public final class BaselineRecords implements Baselines {
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final TreeMap<String, Version> versions = new TreeMap<>(BY_NUMBER);

  /** What is known of one version by now. */
  private static final class Version {
    private final Map<Long, Map<String, WeekProfile>> profiles = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final List<byte[]> keys = new ArrayList<>();
    private BaselineJson.@Nullable Header header;
    private @Nullable Baseline whole;

    private long records() {
      return places.size() + profiles.values().stream().mapToLong(Map::size).sum();
    }
  }

  /**
   * The records of a new version, in the order in which they are to be written, in one transaction.
   *
   * @param version a number in decimal digits, larger than those before
   * @param from start of what was learned from, ISO-8601 with offset
   * @param to its end, exclusive
   * @param profiles by aggregate and subject
   */
  public static List<Map.Entry<byte[], byte[]>> of(
      String version,
      String from,
      String to,
      Map<AggregateDefinition, Map<String, WeekProfile>> profiles,
      Map<String, Place> places) {
    return BaselineJson.records(version, from, to, profiles, places);
  }

  /** Takes a record; what is none of a baseline is passed over. */
  public void accept(byte[] key, byte @Nullable [] value) {
    BaselineJson.key(key).ifPresent(k -> accept(k, key, value));
  }

  private void accept(BaselineJson.Key key, byte[] bytes, byte @Nullable [] value) {
    if (value == null) {
      if (key.isHeader()) {
        versions.remove(key.version());
      }
      return;
    }
    Version version = versions.computeIfAbsent(key.version(), v -> new Version());
    version.whole = null;
    version.keys.add(bytes);
    if (key.isHeader()) {
      version.header = BaselineJson.header(value).orElse(null);
    } else if (key.place() != null) {
      BaselineJson.place(value).ifPresent(place -> version.places.put(key.place(), place));
    } else {
      BaselineJson.profile(value)
          .ifPresent(
              p ->
                  version
                      .profiles
                      .computeIfAbsent(
                          Long.parseUnsignedLong(p.definition(), 16), id -> new HashMap<>())
                      .put(
                          key.subject() == null ? "" : key.subject(),
                          new WeekProfile(p.expected(), p.spread())));
    }
  }

  @Override
  public Optional<String> newest() {
    return versions.descendingKeySet().stream().filter(v -> find(v).isPresent()).findFirst();
  }

  @Override
  public Optional<Baseline> find(String name) {
    Version version = versions.get(name);
    if (version == null || version.header == null || version.records() < version.header.records()) {
      return Optional.empty();
    }
    if (version.whole == null) {
      version.whole = new Baseline(name, version.profiles, version.places);
    }
    return Optional.of(version.whole);
  }

  /**
   * The keys of all versions but the newest {@code kept}, each version's header first: tombstones
   * of these take them away.
   *
   * @param spared a version that stays however old it is, if there is one
   */
  public List<byte[]> keysOfOld(int kept, Optional<String> spared) {
    List<byte[]> keys = new ArrayList<>();
    versions.descendingMap().entrySet().stream()
        .skip(kept)
        .filter(entry -> spared.filter(entry.getKey()::equals).isEmpty())
        .map(Map.Entry::getValue)
        .forEach(
            version -> {
              for (int i = version.keys.size() - 1; i >= 0; i--) {
                keys.add(version.keys.get(i));
              }
            });
    return keys;
  }
}
