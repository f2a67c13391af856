package dev.tandem.replay.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Origin;
import dev.tandem.replay.LineServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveStreamTest {

  @Test
  void shouldGiveWhateverComesThoughConnectionsBreakOffAndStall() throws Exception {
    Origin origin = new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    List<String> messages = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    try (LineServer server = new LineServer()) {
      URI address = URI.create(server.url());
      LiveStream.Timing timing =
          new LiveStream.Timing(Duration.ofSeconds(1), Duration.ofMillis(100));
      Credentials credentials = Credentials.of(Map.of(), address);
      try (LiveStream stream =
          new LiveStream(address, origin, OptionalLong.empty(), credentials, timing)) {
        while (messages.size() < 442) {
          stream.poll().items().forEach(m -> messages.add(new String(m.bytes(), UTF_8)));
          stream.drainNotices(notices::add);
        }
        assertThat(stream.connections()).isEqualTo(4);
      }
    }
    assertThat(messages.stream().distinct()).hasSize(402);
    assertThat(messages)
        .contains("not a post", "{\"id\":\"p100\",", "{\"id\":\"p399\",\"at\":399}");
    assertThat(notices)
        .satisfiesExactly(
            n -> assertThat(n).contains("status 429; connecting again in 0.0 s"),
            n -> assertThat(n).contains("broken off: ").contains("connecting again in"),
            n -> assertThat(n).contains("no sign of life for 1.0 s"),
            n -> assertThat(n).contains("the server ended the stream"));
  }
}
