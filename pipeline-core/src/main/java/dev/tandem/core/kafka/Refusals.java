package dev.tandem.core.kafka;

import dev.tandem.core.TandemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Says of what Kafka refuses what it is and what to do. Who is not let in is configured wrongly
 * (exit status 2); who is let in and may not do a thing has failed (1): the rights are Kafka's.
 */
public final class Refusals {
  private static final int DEEPEST = 50;

  private Refusals() {}

  /** Of any failure of a client. */
  public static TandemException of(Throwable failure) {
    return find(failure)
        .orElseGet(() -> TandemException.failed("Kafka refused: " + failure.getMessage(), failure));
  }

  /** Empty when the failure has nothing to do with who this is and what they may do. */
  public static Optional<TandemException> find(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
            .limit(DEEPEST)
            .toList();
    for (Throwable cause : causes) {
      if (cause instanceof AuthenticationException notLetIn) {
        return Optional.of(TandemException.wrongUse(authentication(notLetIn), failure));
      }
      if (cause instanceof AuthorizationException mayNot) {
        return Optional.of(TandemException.failed(authorization(mayNot), failure));
      }
    }
    return Optional.empty();
  }

  private static String authorization(AuthorizationException e) {
    return "Kafka does not let this user use %s: grant it, docs/security.md lists what each part needs"
        .formatted(forbidden(e));
  }

  private static String forbidden(AuthorizationException e) {
    if (e instanceof TopicAuthorizationException topics && !topics.unauthorizedTopics().isEmpty()) {
      return "topic " + String.join(", ", topics.unauthorizedTopics().stream().sorted().toList());
    }
    if (e instanceof GroupAuthorizationException group && group.groupId() != null) {
      return "group " + group.groupId();
    }
    if (e instanceof TransactionalIdAuthorizationException) {
      return "its transactional id";
    }
    return "what it needs (" + e.getMessage() + ")";
  }

  private static String authentication(AuthenticationException e) {
    if (e instanceof SslAuthenticationException) {
      return tls(innermost(e));
    }
    if (e instanceof UnsupportedSaslMechanismException) {
      return "Kafka does not know the SASL mechanism (%s): set sasl.mechanism to one that it has"
          .formatted(e.getMessage());
    }
    if (e instanceof IllegalSaslStateException) {
      return "this port of Kafka asks for no login (%s): set security.protocol to SSL or PLAINTEXT, or name the port for SASL with --bootstrap HOST:PORT"
          .formatted(e.getMessage());
    }
    return "Kafka refused the login (%s): correct sasl.mechanism, user and password in sasl.jaas.config"
        .formatted(e.getMessage());
  }

  /** TLS says what is wrong in words only; those of the JDK have been the same since 8. */
  private static String tls(String why) {
    String lower = why.toLowerCase(Locale.ROOT);
    if (lower.contains("certification path") || lower.contains("trust anchor")) {
      return "Kafka's certificate is not trusted (%s): give its issuer's certificate with ssl.truststore.location"
          .formatted(why);
    }
    if (lower.contains("subject alternative") || lower.contains("no name matching")) {
      return "Kafka's certificate is of another machine (%s): name the broker with --bootstrap as its certificate does"
          .formatted(why);
    }
    if (lower.contains("fatal alert")) {
      return "Kafka refused the TLS handshake (%s): give a certificate that it trusts with ssl.keystore.location, and a protocol that it has with ssl.enabled.protocols"
          .formatted(why);
    }
    return "no TLS with Kafka (%s): correct the ssl. properties, or security.protocol"
        .formatted(why);
  }

  private static String innermost(Throwable e) {
    Throwable root =
        Stream.iterate(e, cause -> cause != null, Throwable::getCause)
            .limit(DEEPEST)
            .reduce(e, (outer, inner) -> inner);
    return String.valueOf(root.getMessage());
  }
}
