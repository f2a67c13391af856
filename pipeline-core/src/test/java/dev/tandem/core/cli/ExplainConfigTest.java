package dev.tandem.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Flag;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user sees of the whole configuration, right or wrong. */
class ExplainConfigTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path config;

  @Command(name = "tandem", subcommands = Serve.class)
  private static final class Parent {}

  /** As commands of several options are: a mixin in a mixin, and a flag that is a setting. */
  @Command(name = "serve")
  private static final class Serve implements Callable<Integer>, Configured {
    @Mixin private Inputs inputs = new Inputs();

    @Option(names = "--port", defaultValue = "7070")
    private String port = "";

    @Parameters private String needed = "";

    @Override
    public List<Flag> flags() {
      return List.of(new Flag("--port", "http.port", port));
    }

    @Override
    public Integer call() {
      inputs.common.settings();
      throw new IllegalStateException("it does something");
    }
  }

  private static final class Inputs {
    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private PipelineOption pipeline = new PipelineOption();
  }

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(config.resolve("pipelines"));
  }

  @Test
  void shouldShowValueAndOriginOfEachSettingAndDoNothing() throws IOException {
    write("tandem.properties", "# ours\npartitions=6\n");
    write("kafka.properties", "security.protocol=SSL\nssl.key.password=abc123\n");
    assertThat(run("--explain-config", "--set", "stream.threads=3", "--bootstrap", "b:1")).isZero();
    assertThat(lines())
        .contains(
            "bootstrap b:1 flag --bootstrap",
            "http.port 7070 flag --port",
            "stream.threads 3 flag --set stream.threads",
            "partitions 6 " + config.resolve("tandem.properties") + ":2",
            "flush.interval 100ms default",
            "kafka.ssl.key.password [hidden] " + config.resolve("kafka.properties") + ":2");
    assertThat(out.toString() + err).doesNotContain("abc123");
  }

  @Test
  void shouldSayEverythingThatIsWrongAtOnceALineEach() throws IOException {
    write("tandem.properties", "partitons=6\nflush.interval=soon\nflush.interval=2s\n");
    write(
        "kafka.properties",
        "security.protocl=SSL\nretries=many\nssl.truststore.location=/none/t.p12\n");
    write("streams.properties", "max.poll.records=1\n");
    write(
        "pipelines/trips.yaml",
        """
        pipeline: trips
        zone: Mars/North
        fields: {id: string, at: timestamp, n: long}
        id: id
        time: at
        metrics: {trips: {count: n, cuont: n}}
        aggregates:
          hourly: {windw: hour}
          daily: {window: dya}
        """);
    assertThat(run("x", "-p", "trips", "--set", "http.prt=1")).isEqualTo(2);
    assertThat(err.toString().lines())
        .allMatch(line -> line.startsWith("tandem: "))
        .anyMatch(line -> line.contains("tandem.properties:1: partitons: no such setting (did you"))
        .anyMatch(line -> line.contains("tandem.properties:3: flush.interval stands already on"))
        .anyMatch(line -> line.contains("kafka.properties:1: security.protocl: no such Kafka"))
        .anyMatch(line -> line.contains("kafka.properties:2: retries = 'many'"))
        .anyMatch(line -> line.contains("kafka.properties:3: ssl.truststore.location"))
        .anyMatch(line -> line.contains("--set http.prt: no such setting (did you mean http.port?"))
        .anyMatch(line -> line.contains("trips.yaml:2:7: unknown time zone Mars/North"))
        .anyMatch(line -> line.contains("trips.yaml:6"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongBelowWhatIsExplained() throws IOException {
    write("tandem.properties", "http.token=abc\n");
    int status = run("--explain-config", "-p", "none", "--set", "kafka.acks=maybe");
    assertThat(status).as(err.toString()).isEqualTo(2);
    assertThat(lines()).contains("kafka.acks maybe flag --set kafka.acks");
    assertThat(err.toString())
        .contains("flag --set kafka.acks: acks = 'maybe'", "No pipeline none")
        .doesNotContain("abc");
  }

  @Test
  void shouldAskWhoOneIsWhereTheBrokerWillAsk() throws IOException {
    write("kafka.properties", "security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n");
    assertThat(run("x")).isEqualTo(2);
    assertThat(err.toString()).contains("kafka.properties:1", "sasl.jaas.config");
  }

  @Test
  void shouldTakeAValueThatAProviderGivesLater() throws IOException {
    write(
        "kafka.properties",
        "config.providers=env\nretries=${env:RETRIES}\nmy.plugin.setting=anything\n");
    assertThat(run("--explain-config")).isZero();
  }

  private List<String> lines() {
    return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(config.resolve(file), text);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("serve", "--config", config.toString()));
    all.addAll(List.of(arguments));
    if (!all.contains("-p") && !all.contains("--explain-config")) {
      all.addAll(List.of("-p", "none"));
    }
    return Cli.run(
        new Parent(), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }
}
