package dev.tandem.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process has used since it began.
 *
 * @param cpu time of all its threads, in user and kernel
 * @param peakMb most memory that was resident at a time; 0 where the system does not say (it is
 *     Linux that does, in {@code /proc})
 */
public record Cost(Duration cpu, long peakMb) {

  /** The greater of each. */
  Cost most(Cost other) {
    return new Cost(
        cpu.compareTo(other.cpu) >= 0 ? cpu : other.cpu, Math.max(peakMb, other.peakMb));
  }

  static Cost of(ProcessHandle process) {
    return new Cost(
        process.info().totalCpuDuration().orElse(Duration.ZERO), peakKb(process.pid()) / 1024);
  }

  private static long peakKb(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException hasEnded) {
      return 0;
    }
  }
}
