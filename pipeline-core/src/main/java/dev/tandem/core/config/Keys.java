package dev.tandem.core.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of Tandem: to add one, declare it here with its default and what it means. Sizes
 * are in bytes, percentages from 0 to 100.
 */
public final class Keys {

  private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

  public static final Setting<String> BOOTSTRAP =
      text("bootstrap", "localhost:9092", "Kafka brokers to begin with, HOST:PORT[,HOST:PORT]");

  public static final Setting<Integer> HTTP_PORT =
      number("http.port", 8080, 0, 65_535, "port of the REST API and the pages; 0: a free one");

  public static final Setting<String> HTTP_HOST =
      text("http.host", "127.0.0.1", "address that the REST API and the pages listen on");

  public static final Setting<Optional<String>> HTTP_ADVERTISED =
      add(
          "http.advertised",
          "auto",
          text -> Optional.of(notBlank(text)).filter(host -> !host.equals("auto")),
          "host name by which other instances of the streams app reach this one; auto: http.host,"
              + " or the machine's name where that is any address",
          Optional.empty());

  public static final Setting<Optional<String>> HTTP_TOKEN =
      textOrNone("http.token", "what who asks the API must know, 16 characters or more");

  public static final Setting<Optional<String>> HTTP_TOKEN_FILE =
      textOrNone("http.token.file", "file that holds the token alone");

  public static final Setting<Optional<String>> HTTP_TLS_KEYSTORE =
      textOrNone(
          "http.tls.keystore", "PKCS12 file of the server's key and certificate; none: no TLS");

  public static final Setting<Optional<String>> HTTP_TLS_PASSWORD =
      textOrNone("http.tls.keystore.password", "password of that file");

  public static final Setting<Boolean> HTTP_OPEN =
      add(
          "http.open",
          "false",
          Keys::trueOrFalse,
          "whether to listen beyond this machine without a token",
          Optional.empty());

  public static final Setting<Optional<String>> MAP_TILES =
      add(
          "map.tiles",
          "none",
          Keys::tiles,
          "tile server of the page's map, https://HOST/{z}/{x}/{y}.png; none: no tiles are loaded",
          Optional.empty());

  public static final Setting<Optional<String>> MAP_ATTRIBUTION =
      add(
          "map.attribution",
          "none",
          text -> Optional.of(notBlank(text)).filter(t -> !t.equals("none")),
          "what the tile server's terms ask the map to say",
          Optional.empty());

  public static final Setting<Path> STATE_DIR =
      add("state.dir", "data", Keys::path, "folder of all state", Optional.of("TANDEM_STATE"));

  public static final Setting<Integer> PARTITIONS =
      number("partitions", 4, 1, 1_000, "partitions of a pipeline's topics when they are made");

  public static final Setting<Optional<Integer>> TOPICS_REPLICATION =
      add(
          "topics.replication",
          "broker",
          ValueParser::replicasOrBroker,
          "copies of each of a pipeline's topics when they are made; broker: as the brokers say",
          Optional.empty());

  public static final Setting<Duration> FLUSH_INTERVAL =
      duration("flush.interval", "100ms", "a changed row is published at most once in this time");

  public static final Setting<Duration> COMMIT_INTERVAL =
      duration(
          "commit.interval",
          "100ms",
          "how often the streams app commits what is new; while it catches up, once a second");

  public static final Setting<Optional<Duration>> EVENT_ID_RETENTION =
      add(
          "event.id.retention",
          "forever",
          ValueParser::durationOrForever,
          "how long event ids are remembered to drop repeats: a length of time, 0 (not at all), or"
              + " forever",
          Optional.empty());

  public static final Setting<Long> ROCKSDB_MEMORY =
      bytes("rocksdb.memory", "256MB", "memory that all RocksDB stores of one process share");

  public static final Setting<Long> QUERY_MEMORY =
      bytes(
          "query.memory",
          "64MB",
          "memory of each pipeline for rows that queries have read; 0: every query reads RocksDB");

  public static final Setting<Integer> QUERY_RUNNING =
      number("query.running", 16, 1, 1_000, "queries that run at a time");

  public static final Setting<Integer> QUERY_WAITING =
      number("query.waiting", 16, 0, 1_000, "queries that may wait for one of these; more get 429");

  public static final Setting<Optional<Duration>> QUERY_RANGE =
      add(
          "query.range",
          "forever",
          ValueParser::durationOrForever,
          "longest range of a query: a length of time, or forever; a longer or open one gets 400",
          Optional.empty());

  public static final Setting<Integer> QUERY_GROUPS =
      number(
          "query.groups",
          1_000_000,
          1,
          Integer.MAX_VALUE,
          "rows of an answer that are merged in memory; more get 400");

  public static final Setting<Integer> STREAM_THREADS =
      number("stream.threads", 2, 1, 256, "threads of the streams app");

  public static final Setting<Optional<String>> INSTANCE_ID =
      add(
          "instance.id",
          "auto",
          text -> Optional.of(notBlank(text)).filter(id -> !id.equals("auto")),
          "name of this instance of the streams app in its group; auto: of machine and state"
              + " folder",
          Optional.empty());

  public static final Setting<Optional<Duration>> LEDGER_RECOUNT =
      add(
          "ledger.recount",
          "2s",
          text -> text.equals("off") ? Optional.empty() : Optional.of(ValueParser.duration(text)),
          "how often the streams app counts what it has read of the log once more, with a reader of"
              + " its own; off: never",
          Optional.empty());

  public static final Setting<Optional<String>> DECISIONS_BASELINE =
      add(
          "decisions.baseline",
          "newest",
          text -> Optional.of(notBlank(text)).filter(version -> !version.equals("newest")),
          "version of the learned baseline that decisions are made against, also while newer ones"
              + " are there; newest: always the last one",
          Optional.empty());

  public static final Setting<Boolean> DECISIONS_LEARN =
      add(
          "decisions.learn",
          "true",
          Keys::trueOrFalse,
          "whether a backfill learns, when it has committed, what is normal by hour of the week",
          Optional.empty());

  public static final Setting<Duration> ACK_TIMEOUT =
      duration("ack.timeout", "60s", "how long a backfill waits for the app's acknowledgement");

  public static final Setting<Duration> CONNECT_TIMEOUT =
      duration("connect.timeout", "30s", "how long a command tries to reach Kafka");

  public static final Setting<BigDecimal> MAX_CHANGE =
      percent("max.change", "10%", "a backfill that would change more of the rows is refused");

  public static final Setting<Duration> SOURCE_IDLE =
      duration(
          "source.idle.timeout",
          "60s",
          "a live stream or a download that shows no sign of life for so long is connected to"
              + " again");

  public static final Setting<Duration> SOURCE_RETRY_MOST =
      duration(
          "source.retry.max",
          "60s",
          "longest wait between two attempts to reach a live stream or a publisher of files, unless"
              + " the server asks for more");

  private Keys() {}

  /** All of them, by key, in the order in which they are declared. */
  static Map<String, Setting<?>> all() {
    return Collections.unmodifiableMap(ALL);
  }

  /** All of them, in the order in which they are declared: for help and documentation. */
  public static Collection<Setting<?>> declared() {
    return all().values();
  }

  private static Setting<String> text(String key, String value, String doc) {
    return add(key, value, Keys::notBlank, doc, Optional.empty());
  }

  private static Setting<Optional<String>> textOrNone(String key, String doc) {
    return add(
        key,
        "none",
        text -> Optional.of(notBlank(text)).filter(t -> !t.equals("none")),
        doc,
        Optional.empty());
  }

  private static Setting<Integer> number(String key, int value, int least, int most, String doc) {
    return add(
        key, Integer.toString(value), ValueParser.wholeNumber(least, most), doc, Optional.empty());
  }

  private static Setting<Duration> duration(String key, String value, String doc) {
    return add(key, value, ValueParser::duration, doc, Optional.empty());
  }

  private static Setting<Long> bytes(String key, String value, String doc) {
    return add(key, value, ValueParser::bytes, doc, Optional.empty());
  }

  private static Setting<BigDecimal> percent(String key, String value, String doc) {
    return add(key, value, ValueParser::percent, doc, Optional.empty());
  }

  private static <T> Setting<T> add(
      String key, String value, ValueParser<T> parser, String doc, Optional<String> variable) {
    Setting<T> setting = new Setting<>(key, value, parser, doc, variable);
    ALL.put(key, setting);
    return setting;
  }

  private static Optional<String> tiles(String text) {
    if (notBlank(text).equals("none")) {
      return Optional.empty();
    }
    boolean template = text.contains("{z}") && text.contains("{x}") && text.contains("{y}");
    if (!template || !text.matches("https?://[A-Za-z0-9.{}:-]+/[^\\s;,]*")) {
      throw new IllegalArgumentException("none, or a URL like https://HOST/{z}/{x}/{y}.png");
    }
    return Optional.of(text);
  }

  private static boolean trueOrFalse(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private static String notBlank(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a text that is not empty");
    }
    return text;
  }

  private static Path path(String text) {
    try {
      return Path.of(notBlank(text));
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException("a folder", wrong);
    }
  }
}
