package dev.tandem.core.kafka;

import dev.tandem.core.config.Nearest;
import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Secrets;
import dev.tandem.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks the properties of Kafka's clients by Kafka's own definitions, before a client is made. A
 * name that no client knows may belong to a plugin, so it is refused only when a known one is near.
 */
public final class ClientProperties {
  private static final List<ConfigDef> CLIENTS =
      List.of(
          AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef());
  private static final Set<String> NAMES = names();

  /** A value that a configuration provider gives when the client is made. */
  private static final String PROVIDED = "${";

  private static final int SLIP = 3;

  private ClientProperties() {}

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    CLIENTS.forEach(client -> names.addAll(client.names()));
    return names;
  }

  /** Adds what is wrong with the {@code kafka.} keys. */
  public static void check(Settings settings, Problems problems) {
    Map<String, String> kafka = settings.kafka();
    kafka.forEach(
        (name, value) -> {
          String origin = settings.origin("kafka." + name);
          checkName(name, origin, NAMES, problems);
          checkValue(name, value, origin, problems);
        });
    String protocol = kafka.getOrDefault("security.protocol", "PLAINTEXT");
    boolean plainOrScram =
        kafka.getOrDefault("sasl.mechanism", "").matches("(?i)PLAIN|SCRAM-SHA-(256|512)");
    if (protocol.startsWith("SASL_")
        && plainOrScram
        && !kafka.containsKey("sasl.jaas.config")
        && System.getProperty("java.security.auth.login.config") == null) {
      problems.add(
          "kafka.security.protocol = %s (%s): who are you? Give sasl.jaas.config as well, see docs/security.md"
              .formatted(protocol, settings.origin("kafka.security.protocol")));
    }
  }

  /**
   * @param known names of this kind of client
   */
  public static void checkName(String name, String origin, Set<String> known, Problems problems) {
    if (!known.contains(name)) {
      Nearest.within(SLIP, name, known)
          .ifPresent(
              nearest ->
                  problems.add(
                      "%s: %s: no such Kafka property (did you mean %s?)"
                          .formatted(origin, name, nearest)));
    }
  }

  private static void checkValue(String name, String value, String origin, Problems problems) {
    Optional<ConfigDef.ConfigKey> key =
        CLIENTS.stream()
            .filter(client -> client.names().contains(name))
            .map(client -> client.configKeys().get(name))
            .findFirst();
    if (key.isEmpty() || value.contains(PROVIDED)) {
      return;
    }
    try {
      Object parsed = ConfigDef.parseType(name, value, key.get().type);
      if (key.get().validator != null) {
        key.get().validator.ensureValid(name, parsed);
      }
    } catch (ConfigException e) {
      problems.add(
          "%s: %s = '%s': %s".formatted(origin, name, Secrets.shown(name, value), expectation(e)));
      return;
    }
    if (name.endsWith("store.location") && !isReadable(value)) {
      problems.add(
          "%s: %s = '%s': no such file, or it may not be read: correct the path or its permissions"
              .formatted(origin, name, value));
    }
  }

  /** What Kafka expects, without the value, which may be a secret. */
  public static String expectation(ConfigException e) {
    return String.valueOf(e.getMessage()).replaceFirst("(?s)^.* for configuration [^:]*:? ?", "");
  }

  /** Names that some client knows. */
  public static Set<String> known() {
    return Collections.unmodifiableSet(NAMES);
  }

  private static boolean isReadable(String path) {
    try {
      return Files.isReadable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
