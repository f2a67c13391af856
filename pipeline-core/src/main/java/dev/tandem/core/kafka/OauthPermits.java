package dev.tandem.core.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.internals.BrokerSecurityConfigs;

/**
 * Lets Kafka's clients get their OAuth tokens where the properties say. Kafka asks for system
 * properties beside them, against properties that strangers may write; ours are the operator's own.
 */
final class OauthPermits {
  private static final List<String> URLS =
      List.of(
          SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL,
          SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL);
  private static final List<String> FILES =
      List.of(
          SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE,
          SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE,
          SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE);

  private OauthPermits() {}

  /** Adds what the properties name to what the user of the JVM permits. */
  static void permit(Map<String, String> kafka) {
    permit(BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG, URLS, kafka);
    permit(BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_FILES_CONFIG, FILES, kafka);
  }

  private static void permit(String permits, List<String> properties, Map<String, String> kafka) {
    String all =
        Stream.concat(
                Stream.of(System.getProperty(permits, "")), properties.stream().map(kafka::get))
            .filter(Objects::nonNull)
            .flatMap(named -> Stream.of(named.split(",")))
            .filter(named -> !named.isBlank())
            .distinct()
            .collect(Collectors.joining(","));
    if (!all.isEmpty()) {
      System.setProperty(permits, all);
    }
  }
}
