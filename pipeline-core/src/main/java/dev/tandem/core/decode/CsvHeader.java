package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.SourceFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names in a file's first record, and which format has them. */
record CsvHeader(String file, List<String> names) {

  /** The first format whose required columns are all there. */
  SourceFormat choose(List<SourceFormat> formats) {
    List<FieldSource> fewest = List.of();
    String nearest = "";
    for (SourceFormat format : formats) {
      List<FieldSource> missing =
          format.sources().stream().filter(s -> s.required() && find(s).isEmpty()).toList();
      if (missing.isEmpty()) {
        return format;
      }
      if (fewest.isEmpty() || missing.size() < fewest.size()) {
        fewest = missing;
        nearest = format.name();
      }
    }
    throw TandemException.wrongUse(
        file
            + ": no column "
            + fewest.stream().flatMap(s -> missing(s).stream()).collect(Collectors.joining(", "))
            + " for format "
            + nearest
            + "; the header has "
            + String.join(", ", names)
            + ": correct the file, or name its column in the pipeline's formats");
  }

  /** The columns of a source, one a part; empty when any is not there. */
  Optional<int[]> find(FieldSource source) {
    int[] columns = source.parts().stream().mapToInt(this::column).toArray();
    return IntStream.of(columns).anyMatch(c -> c < 0) ? Optional.empty() : Optional.of(columns);
  }

  private int column(List<String> aliases) {
    for (String alias : aliases) {
      int column = names.indexOf(alias);
      if (column >= 0) {
        if (column != names.lastIndexOf(alias)) {
          throw TandemException.wrongUse(
              file + ": column " + alias + " stands twice in the header: rename or remove one");
        }
        return column;
      }
    }
    return -1;
  }

  private List<String> missing(FieldSource source) {
    List<String> missing = new ArrayList<>();
    for (List<String> aliases : source.parts()) {
      if (Collections.disjoint(aliases, names)) {
        missing.add(String.join(" or ", aliases) + Nearest.hint(aliases.get(0), names));
      }
    }
    return missing;
  }
}
