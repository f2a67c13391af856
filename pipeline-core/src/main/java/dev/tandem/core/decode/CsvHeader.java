package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.SourceFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names in a file's first record, and which format has them. */
record CsvHeader(String file, List<String> names) {

  /** The first format of this delimiter whose required columns are all there. */
  SourceFormat choose(List<SourceFormat> formats, char delimiter) {
    return first(formats.stream().filter(format -> format.delimiter() == delimiter).toList())
        .orElseThrow(() -> noFormat(formats));
  }

  /** The first format whose required columns are all there. */
  Optional<SourceFormat> first(List<SourceFormat> formats) {
    return formats.stream().filter(format -> missing(format).isEmpty()).findFirst();
  }

  private List<FieldSource> missing(SourceFormat format) {
    return format.sources().stream().filter(s -> s.required() && find(s).isEmpty()).toList();
  }

  /** Says what the format lacks of which the least is missing. */
  TandemException noFormat(List<SourceFormat> formats) {
    SourceFormat nearest =
        Collections.min(formats, Comparator.comparing(format -> missing(format).size()));
    // A column that another field takes is not the one that was meant.
    List<String> free = new ArrayList<>(names);
    nearest.sources().forEach(s -> s.parts().forEach(free::removeAll));
    String columns =
        missing(nearest).stream()
            .flatMap(s -> s.parts().stream())
            .filter(aliases -> Collections.disjoint(aliases, names))
            .map(aliases -> String.join(" or ", aliases) + Nearest.hint(aliases.get(0), free))
            .distinct()
            .collect(Collectors.joining(", "));
    return TandemException.wrongUse(
        file
            + ": no column "
            + columns
            + " for format "
            + nearest.name()
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
}
