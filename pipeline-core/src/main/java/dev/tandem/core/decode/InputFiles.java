package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that a command line names: files, directories (their files with an ending of the
 * pipeline's formats, not those of directories in them) and globs ({@code *}, {@code ?}, {@code
 * [a-z]}, {@code {a,b}}, {@code **} across directories).
 */
public final class InputFiles {
  private static final String GLOB = "*?[{";

  private InputFiles() {}

  /**
   * The files in the given order, those of a directory or glob sorted by path; each file once,
   * where it comes first.
   *
   * @throws TandemException of wrong use when anything named gives no file
   */
  public static List<Path> expand(PipelineDefinition pipeline, List<String> names) {
    Set<String> endings = endings(pipeline);
    Map<Path, Path> files = new LinkedHashMap<>();
    try {
      for (String name : names) {
        for (Path file : expand(name, endings)) {
          files.putIfAbsent(file.toRealPath(), file);
        }
      }
    } catch (IOException e) {
      throw TandemException.failed("Cannot look for input files: " + e, e);
    } catch (UncheckedIOException e) {
      throw TandemException.failed("Cannot look for input files: " + e.getCause(), e);
    }
    return List.copyOf(files.values());
  }

  private static List<Path> expand(String name, Set<String> endings) throws IOException {
    Path path = path(name);
    if (Files.isDirectory(path)) {
      return directory(path, endings);
    }
    if (Files.exists(path)) {
      return List.of(path);
    }
    if (isGlob(name)) {
      return glob(name);
    }
    throw TandemException.wrongUse(
        "No file " + name + (isHere(path) ? "" : ", nor its folder") + ": check the path");
  }

  private static List<Path> directory(Path dir, Set<String> endings) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(dir)) {
      found =
          files.filter(Files::isRegularFile).filter(f -> hasEnding(f, endings)).sorted().toList();
    }
    if (found.isEmpty()) {
      throw TandemException.wrongUse(
          "No files in directory "
              + dir
              + " end with "
              + String.join(" or ", endings)
              + ": name another directory, or the files themselves");
    }
    return found;
  }

  private static List<Path> glob(String name) throws IOException {
    Path root = path("");
    String pattern = name;
    int wild = firstWild(name);
    int slash = name.lastIndexOf('/', wild);
    if (slash >= 0) {
      root = path(slash == 0 ? "/" : name.substring(0, slash));
      pattern = name.substring(slash + 1);
    }
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      PathMatcher matcher = matcher(name, pattern);
      int depth = pattern.contains("**") ? Integer.MAX_VALUE : 1 + count(pattern, '/');
      Path base = root;
      try (Stream<Path> all = Files.walk(base, depth)) {
        all.filter(Files::isRegularFile)
            .filter(f -> matcher.matches(base.relativize(f)))
            .sorted()
            .forEach(found::add);
      }
    }
    if (found.isEmpty()) {
      throw TandemException.wrongUse("No files match " + name + ": check the path and pattern");
    }
    return found;
  }

  private static PathMatcher matcher(String name, String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException e) {
      throw TandemException.wrongUse(
          "Bad pattern "
              + name
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  private static Set<String> endings(PipelineDefinition pipeline) {
    Set<String> endings = new TreeSet<>(Set.of(".parquet"));
    for (SourceFormat format : pipeline.formats()) {
      List<String> plain =
          format.kind() == SourceFormat.Kind.CSV
              ? List.of(".csv")
              : List.of(".jsonl", ".ndjson", ".json");
      plain.forEach(
          ending -> {
            endings.add(ending);
            endings.add(ending + ".gz");
          });
    }
    return endings;
  }

  private static boolean hasEnding(Path file, Set<String> endings) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && endings.stream().anyMatch(name::endsWith);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw TandemException.wrongUse("Not a path: " + name + " (" + e.getReason() + ")", e);
    }
  }

  private static boolean isHere(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent != null && Files.isDirectory(parent);
  }

  private static boolean isGlob(String name) {
    return firstWild(name) < name.length();
  }

  private static int firstWild(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (GLOB.indexOf(name.charAt(i)) >= 0) {
        return i;
      }
    }
    return name.length();
  }

  private static int count(String text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }
}
