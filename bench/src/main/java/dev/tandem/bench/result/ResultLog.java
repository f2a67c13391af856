package dev.tandem.bench.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The results file: a line of JSON a run, appended as soon as it is over. */
public final class ResultLog {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  private final Path file;

  public ResultLog(Path file) {
    this.file = file;
  }

  /** Keeps a run. */
  public void add(Run run) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          JSON.writeValueAsString(run) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw TandemException.failed("cannot write results to " + file + ": " + e.getMessage(), e);
    }
  }

  /** All runs so far, the oldest first. */
  public List<Run> read() {
    List<Run> runs = new ArrayList<>();
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          runs.add(JSON.readValue(line, Run.class));
        }
      } catch (IOException e) {
        throw TandemException.failed(
            file + " has line " + (runs.size() + 1) + " that is no result: remove that line", e);
      }
    }
    return runs;
  }

  /** Its file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
