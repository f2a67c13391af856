package dev.tandem.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;

/** The access list of {@code docs/security.md}, its lines run as they are written there. */
final class AccessList {
  private static final Path PAGE =
      Path.of(System.getProperty("tandem.home")).resolve("docs/security.md");
  private static final String COMMAND = "acl --";

  private AccessList() {}

  /** Runs every line of it with Kafka's own command. */
  static void grant(SecuredBroker broker, String pipeline) throws IOException {
    List<String> lines;
    try (Stream<String> page = Files.lines(PAGE)) {
      lines = page.filter(line -> line.startsWith(COMMAND)).toList();
    }
    if (lines.isEmpty()) {
      throw new AssertionError("no '" + COMMAND + "' in " + PAGE);
    }
    Exit.setExitProcedure(
        (status, message) -> {
          throw new AssertionError("kafka-acls ended with " + status + ": " + message);
        });
    PrintStream out = System.out;
    // It tells the whole list after every line.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      for (String line : lines) {
        List<String> arguments =
            new ArrayList<>(List.of("--bootstrap-server", broker.bootstrap(), "--add"));
        arguments.addAll(List.of("--command-config", broker.rootProperties().toString()));
        arguments.addAll(
            List.of(line.substring("acl ".length()).replace("$P", pipeline).split(" ")));
        AclCommand.main(arguments.toArray(String[]::new));
      }
    } finally {
      System.setOut(out);
      Exit.resetExitProcedure();
    }
  }

  /** Whether somebody did what this line of the list lets them do. */
  static boolean isUsed(AclBinding line, Set<AuditedAuthorizer.Use> uses) {
    return uses.stream()
        .anyMatch(
            use ->
                line.entry().principal().equals("User:" + use.user())
                    && line.entry().operation() == use.operation()
                    && covers(line.pattern(), use.resource()));
  }

  private static boolean covers(ResourcePattern pattern, ResourcePattern resource) {
    return pattern.resourceType() == resource.resourceType()
        && (pattern.patternType() == PatternType.PREFIXED
            ? resource.name().startsWith(pattern.name())
            : resource.name().equals(pattern.name()));
  }

  /**
   * Lines that one short run may do without: purging takes half a minute, nothing need be wrong or
   * decided, the app need not be behind, a short history teaches nothing, and what backfills have
   * said is read by the next one.
   */
  static boolean isRare(AclBinding line) {
    // What a dry run looks at, to know how far the app is.
    boolean ofDryRun =
        line.entry().principal().equals("User:tandem-backfill")
            && line.pattern().name().startsWith("tandem-biketown");
    return ofDryRun || isRareForAnyone(line);
  }

  private static boolean isRareForAnyone(AclBinding line) {
    String topic = line.pattern().name();
    return switch (line.entry().operation()) {
      case DELETE -> true;
      case WRITE ->
          topic.endsWith(".rejected") || topic.endsWith(".alerts") || topic.endsWith(".baselines");
      case READ ->
          topic.endsWith("-partials-repartition")
              || topic.endsWith(".claims")
              || topic.endsWith(".corrections")
              || topic.endsWith(".baselines");
      default -> false;
    };
  }
}
