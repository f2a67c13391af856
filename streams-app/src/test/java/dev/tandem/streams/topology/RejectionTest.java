package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no event goes to the rejected topic as it was, and the app goes on. */
class RejectionTest {
  private static final String MORNING = "2017-07-01T08:15:00-07:00";

  @TempDir Path stateDir;
  private TopologyHarness app;

  @BeforeEach
  void start() {
    app = new TopologyHarness(stateDir);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  static Stream<Arguments> broken() {
    byte[] big = new byte[1 << 20];
    Arrays.fill(big, (byte) 'x');
    return Stream.of(
        arguments("not-json", "1", TopologyHarness.utf8("{broken")),
        arguments("not-an-object", "1", TopologyHarness.utf8("[1,2]")),
        arguments("invalid-utf8", "1", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}),
        arguments("wrong-type", "1", TopologyHarness.trip("1", MORNING, "\"duration_s\":\"ten\"")),
        arguments("missing-id", "1", TopologyHarness.utf8("{\"started_at\":\"" + MORNING + "\"}")),
        arguments("unreadable-time", "1", TopologyHarness.trip("1", "yesterday", "")),
        arguments("key-mismatch", "2", TopologyHarness.trip("1", MORNING, "")),
        arguments("future-time", "1", TopologyHarness.trip("1", "9999-07-01T08:15:00Z", "")),
        arguments("empty", "1", null),
        arguments("not-json", "1", big));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void shouldKeepWhatIsNoEvent(String reason, String key, byte[] value) {
    app.log(TopologyHarness.utf8(key), value, new RecordHeaders());
    app.event("9", MORNING, "");

    List<TestRecord<byte[], byte[]>> rejected = app.read(app.topics.rejected());
    assertThat(rejected).hasSize(1);
    TestRecord<byte[], byte[]> record = rejected.get(0);
    assertThat(text(record.key())).isEqualTo("biketown.events-0@0");
    assertThat(record.value()).isEqualTo(value);
    assertThat(header(record, Topics.REASON_HEADER)).isEqualTo(reason);
    assertThat(header(record, Topics.SOURCE_HEADER)).isEqualTo("biketown.events-0@0");
    assertThat(header(record, Topics.ERROR_HEADER)).isNotBlank();
    assertThat(app.board.ledger()).isEqualTo(new Ledger(2, 1, 0, 0, 1, 0));
  }

  /** Anyone may write a record that looks like a barrier; only a backfill's counts. */
  @Test
  void shouldRefuseABarrierThatNoBackfillStarted() {
    app.barrier(7);
    Headers headers = new RecordHeaders();
    headers.add(Topics.BARRIER_HEADER, null);
    app.log(null, null, headers);
    assertThat(app.read(app.topics.rejected()))
        .extracting(r -> header(r, Topics.REASON_HEADER))
        .containsExactly("unknown-barrier", "unknown-barrier");
    app.event("1", MORNING, "");
    assertThat(app.published()).isNotEmpty();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return text(record.headers().lastHeader(name).value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
