package dev.tandem.replay;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.Origin;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.replay.console.StopSignal;
import dev.tandem.replay.live.Credentials;
import dev.tandem.replay.live.LiveStream;
import dev.tandem.replay.meter.Meter;
import dev.tandem.replay.publish.Ingest;
import dev.tandem.replay.publish.Options;
import dev.tandem.replay.publish.StreamTally;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem ingest}. */
@Command(
    name = "ingest",
    description = {
      "A live stream of JSON messages into the events topic, until it is stopped.",
      "What the server must know of you comes from the environment: TANDEM_INGEST_TOKEN is sent as"
          + " Authorization: Bearer, TANDEM_INGEST_HEADER_X_API_KEY as the header X-Api-Key."
    })
final class IngestCommand implements Callable<Integer> {
  private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");
  private static final String NOW = "now";

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "a WebSocket (wss, ws), or an HTTP answer that goes on, an object a line (https, http);"
              + " default: what the pipeline's origin says is live")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--cursor",
      paramLabel = "N|now",
      description =
          "begin behind this place of the stream, or with what comes from now on (default: where"
              + " the last ingest of it stopped)")
  private Optional<String> cursor = Optional.empty();

  @Override
  public Integer call() {
    Settings settings = common.settings();
    PipelineDefinition definition = pipeline.load(settings);
    Origin origin = PipelineLoader.origin(settings.configDir(), pipeline.name());
    URI address = address(origin);
    Optional<OptionalLong> begin = cursor.map(text -> begin(text, origin));
    Credentials credentials = Credentials.of(System.getenv(), address);
    LiveStream.Timing timing =
        new LiveStream.Timing(settings.get(Keys.SOURCE_IDLE), settings.get(Keys.SOURCE_RETRY_MOST));
    Options options =
        new Options(
            settings.kafka(),
            settings.get(Keys.PARTITIONS),
            settings.get(Keys.TOPICS_REPLICATION),
            settings.get(Keys.CONNECT_TIMEOUT),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            true);
    Meter meter = Meter.of("ingest", spec.commandLine().getOut());
    Ingest ingest =
        new Ingest(
            definition,
            address,
            last -> new LiveStream(address, origin, begin.orElse(last), credentials, timing),
            options,
            meter);
    return run(ingest, meter);
  }

  private int run(Ingest ingest, Meter meter) {
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal signal = new StopSignal(ingest::stop)) {
      Ingest.Result result;
      try (meter) {
        result = ingest.run();
      }
      out.println(summary(result));
      out.flush();
      return 0;
    }
  }

  private URI address(Origin origin) {
    String text =
        url.or(origin::live)
            .orElseThrow(
                () ->
                    TandemException.wrongUse(
                        "No stream: name it with --url, or as live in the origin of pipeline "
                            + pipeline.name()));
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && SCHEMES.contains(uri.getScheme()) && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw TandemException.wrongUse(
        "--url is no address of a stream: begin with wss://HOST/ or https://HOST/, without a user"
            + " or password");
  }

  private static OptionalLong begin(String text, Origin origin) {
    if (text.equals(NOW)) {
      return OptionalLong.empty();
    } else if (origin.cursor().isEmpty()) {
      throw TandemException.wrongUse(
          "--cursor "
              + text
              + ": the pipeline's origin has no cursor, so the stream has no places");
    } else if (!text.matches("[0-9]{1,18}")) {
      throw TandemException.wrongUse(
          "--cursor " + text + ": give a whole number in the units of the stream, or now");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static String summary(Ingest.Result result) {
    StreamTally all = result.tally();
    String place =
        all.cursor().isPresent() ? "; the next one goes on at " + all.cursor().getAsLong() : "";
    return "stopped: %,d messages over %,d connections in %.1f s; in all %,d messages, %,d events published, %,d rejected, %,d passed over%s"
        .formatted(
            result.received(),
            result.connections(),
            result.seconds(),
            all.messages(),
            all.events(),
            all.rejected(),
            all.passedOver(),
            place);
  }
}
