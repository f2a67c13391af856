package dev.tandem.backfill.report;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What rows should be, or are: a digest for every slice that has rows. Immutable; certificates of
 * disjoint rows add up.
 */
public record Certificate(SortedMap<Slice, Digest> digests) implements Serializable {
  public static final Certificate NONE = new Certificate(new TreeMap<>());

  public Certificate {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  public Certificate plus(Certificate o) {
    TreeMap<Slice, Digest> sum = new TreeMap<>(digests);
    o.digests.forEach((slice, digest) -> sum.merge(slice, digest, Digest::plus));
    return new Certificate(sum);
  }

  /** Of all rows of one aggregate. */
  public Digest of(int aggregate) {
    return digests.entrySet().stream()
        .filter(e -> e.getKey().aggregate() == aggregate)
        .map(Map.Entry::getValue)
        .reduce(Digest.NONE, Digest::plus);
  }

  /** What it says of all other slices. */
  public Certificate without(Set<Slice> slices) {
    TreeMap<Slice, Digest> rest = new TreeMap<>(digests);
    rest.keySet().removeAll(slices);
    return new Certificate(rest);
  }

  /** The same by aggregate alone: each has one slice, from its first month to its last. */
  Certificate whole() {
    TreeMap<Slice, Digest> whole = new TreeMap<>();
    for (int aggregate :
        digests.keySet().stream().mapToInt(Slice::aggregate).distinct().toArray()) {
      List<Slice> months =
          digests.keySet().stream().filter(s -> s.aggregate() == aggregate).toList();
      long to = months.get(months.size() - 1).to();
      whole.put(new Slice(aggregate, months.get(0).from(), to), of(aggregate));
    }
    return new Certificate(whole);
  }

  /** Slices of which the two do not say the same. */
  public NavigableSet<Slice> differing(Certificate o) {
    TreeSet<Slice> differing = new TreeSet<>(digests.keySet());
    differing.addAll(o.digests.keySet());
    differing.removeIf(
        slice ->
            digests
                .getOrDefault(slice, Digest.NONE)
                .equals(o.digests.getOrDefault(slice, Digest.NONE)));
    return differing;
  }
}
