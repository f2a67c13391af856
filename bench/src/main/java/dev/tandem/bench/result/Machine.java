package dev.tandem.bench.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run took place.
 *
 * @param cpu the processor's name
 * @param memoryMb of the machine
 * @param jdk the version of Java
 * @param commit of Tandem, short; {@code +} behind it when files differ from it; "unknown" outside
 *     of a repository
 */
public record Machine(String cpu, int cores, long memoryMb, String jdk, String os, String commit) {
  private static final String UNKNOWN = "unknown";

  /** This machine, with what is checked out in a folder. */
  public static Machine here(Path home) {
    return new Machine(
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kilobytes(field("/proc/meminfo", "MemTotal")) / 1024,
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        commit(home));
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static long kilobytes(String text) {
    return text.equals(UNKNOWN) ? 0 : Long.parseLong(text.replaceAll("\\D", ""));
  }

  private static String commit(Path home) {
    String commit = git(home, "rev-parse", "--short", "HEAD");
    return commit.isEmpty()
        ? UNKNOWN
        : commit + (git(home, "status", "--porcelain").isEmpty() ? "" : "+");
  }

  private static String git(Path home, String... arguments) {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    try {
      Process git = new ProcessBuilder(command).directory(home.toFile()).start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? text.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
