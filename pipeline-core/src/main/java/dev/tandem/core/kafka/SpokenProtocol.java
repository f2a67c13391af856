package dev.tandem.core.kafka;

import java.util.Locale;
import java.util.Map;

/**
 * What a client speaks beside what the port was found to speak.
 *
 * @param protocol the client's {@code security.protocol}
 */
record SpokenProtocol(String protocol, PortProbe port) {
  SpokenProtocol(Map<String, String> kafka, PortProbe port) {
    this(kafka.getOrDefault("security.protocol", "PLAINTEXT").toUpperCase(Locale.ROOT), port);
  }

  /**
   * Whether waiting is in vain: a port that speaks TLS never answers who does not. The other way
   * round a proxy may stand there whose broker is still to come.
   */
  boolean neverAnswers() {
    return port == PortProbe.TLS && !isTls();
  }

  /** What to do, for a person. */
  String remedy() {
    if (neverAnswers()) {
      return "it speaks TLS, and security.protocol is %s: set it to SSL or SASL_SSL in config/kafka.properties, or name another port with --bootstrap HOST:PORT"
          .formatted(protocol);
    }
    if (port == PortProbe.NO_TLS && isTls()) {
      return "it does not speak TLS, and security.protocol is %s: name its port for TLS with --bootstrap HOST:PORT, or set the protocol that it speaks in config/kafka.properties"
          .formatted(protocol);
    }
    if (port == PortProbe.NO_TLS) {
      return "something listens there and does not answer security.protocol %s: it may want a login (SASL_PLAINTEXT), or be no Kafka; name another with --bootstrap HOST:PORT"
          .formatted(protocol);
    }
    return "start it (./tandem kafka), or name another with --bootstrap HOST:PORT";
  }

  private boolean isTls() {
    return protocol.endsWith("SSL");
  }
}
