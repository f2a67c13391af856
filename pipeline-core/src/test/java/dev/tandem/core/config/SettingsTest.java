package dev.tandem.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path home;
  private Path config;
  private final Map<String, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeFolder() throws IOException {
    config = Files.createDirectory(home.resolve("config"));
  }

  @Test
  void shouldGiveDefaultsWhenNothingIsSet() {
    Settings settings = load();
    assertThat(settings.get(Keys.BOOTSTRAP)).isEqualTo("localhost:9092");
    assertThat(settings.get(Keys.HTTP_PORT)).isEqualTo(8080);
    assertThat(settings.get(Keys.FLUSH_INTERVAL)).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.get(Keys.EVENT_ID_RETENTION)).isEmpty();
    assertThat(settings.get(Keys.ROCKSDB_MEMORY)).isEqualTo(256L << 20);
    assertThat(settings.get(Keys.MAX_CHANGE)).isEqualByComparingTo("10");
    assertThat(settings.get(Keys.STATE_DIR)).isEqualTo(home.resolve("data"));
    assertThat(settings.origin(Keys.HTTP_PORT)).isEqualTo("default");
  }

  @Test
  void shouldLetFlagsWinOverEnvironmentOverFilesOverDefaults() throws IOException {
    write("tandem.properties", "partitions=5\nhttp.port=5\nstream.threads=5\n");
    environment.put("TANDEM_HTTP_PORT", "6");
    environment.put("TANDEM_STREAM_THREADS", "6");
    flags.put("stream.threads", "7");
    Settings settings = load();
    assertThat(settings.get(Keys.PARTITIONS)).isEqualTo(5);
    assertThat(settings.get(Keys.HTTP_PORT)).isEqualTo(6);
    assertThat(settings.get(Keys.STREAM_THREADS)).isEqualTo(7);
    assertThat(settings.origin(Keys.PARTITIONS)).endsWith("tandem.properties:1");
    assertThat(settings.origin(Keys.HTTP_PORT)).isEqualTo("environment TANDEM_HTTP_PORT");
    assertThat(settings.origin(Keys.STREAM_THREADS)).isEqualTo("flag --set stream.threads");
  }

  @Test
  void shouldTakeTheShortVariableOfTheStateFolder() {
    environment.put("TANDEM_STATE", "/tmp/elsewhere");
    assertThat(load().get(Keys.STATE_DIR)).isEqualTo(Path.of("/tmp/elsewhere"));
  }

  @Test
  void shouldNameTheNearestKeyWhenAFlagIsUnknown() {
    flags.put("http.prot", "1");
    assertWrongUse("--set http.prot: no such setting (did you mean http.port?)");
  }

  @Test
  void shouldNameFileAndLineWhenAKeyInAFileIsUnknown() throws IOException {
    write("tandem.properties", "# comment\n\nflush.intervall=2s\n");
    assertWrongUse("tandem.properties:3: flush.intervall: no such setting");
    assertWrongUse("did you mean flush.interval?");
  }

  @Test
  void shouldRefuseAKeyGivenTwiceInAFile() throws IOException {
    write("tandem.properties", "partitions=2\npartitions=3\n");
    assertWrongUse("tandem.properties:2: partitions stands already on line 1");
  }

  @Test
  void shouldNameKeyValuePlaceAndExpectationWhenAValueIsWrong() {
    environment.put("TANDEM_HTTP_PORT", "eighty");
    assertWrongUse(
        "http.port = 'eighty' (environment TANDEM_HTTP_PORT): expected a whole number from 0 to"
            + " 65535");
  }

  @Test
  void shouldSayWhatToDoWhenThereIsNoFolder() {
    config = home.resolve("nowhere");
    assertWrongUse("nowhere: name it with --config DIR");
  }

  @Test
  void shouldPassClientPropertiesThrough() throws IOException {
    write("kafka.properties", "security.protocol=SSL\nretries=3\nbootstrap.servers=b:1,c:2\n");
    write("streams.properties", "replication.factor=3\nretries=4\n");
    write("spark.properties", "spark.local.dir=/tmp/spark\n");
    flags.put("kafka.client.rack", "r1");
    Settings settings = load();
    assertThat(settings.kafka())
        .containsEntry("bootstrap.servers", "b:1,c:2")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("client.rack", "r1")
        .hasSize(4);
    assertThat(settings.streams())
        .containsEntry("bootstrap.servers", "b:1,c:2")
        .containsEntry("replication.factor", "3")
        .containsEntry("retries", "4");
    assertThat(settings.spark()).containsExactly(Map.entry("spark.local.dir", "/tmp/spark"));
  }

  @Test
  void shouldReadContinuedLinesAsJavaDoes() throws IOException {
    write("kafka.properties", "# not \\\nsasl.jaas.config=a \\\n    b;\nretries=1\n");
    assertThat(load().kafka())
        .containsEntry("sasl.jaas.config", "a b;")
        .containsEntry("retries", "1");
  }

  @Test
  void shouldPointToBootstrapWhenServersAreSetByKafkasName() {
    flags.put("kafka.bootstrap.servers", "x:1");
    assertWrongUse("--bootstrap");
  }

  @Test
  void shouldReadTheFilesThatShipWithTheProject() {
    Path shipped = Home.find().resolve("config");
    assertThat(Settings.load(home, shipped, Map.of(), Map.of()).get(Keys.PARTITIONS)).isEqualTo(4);
  }

  /** The shipped file shows every key with its default, so it cannot go stale. */
  @Test
  void shouldShowEveryKeyWithItsDefaultInTheShippedFile() throws IOException {
    String shipped = Files.readString(Home.find().resolve("config/tandem.properties"));
    for (Setting<?> setting : Keys.declared()) {
      assertThat(shipped.lines()).contains("#" + setting.key() + "=" + setting.defaultText());
    }
  }

  private Settings load() {
    return Settings.load(home, config, flags, environment);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(config.resolve(file), text);
  }

  private void assertWrongUse(String part) {
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(TandemException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContaining(part);
  }
}
