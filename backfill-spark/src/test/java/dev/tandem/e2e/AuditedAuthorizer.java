package dev.tandem.e2e;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also remembers what it has allowed to whom, in this JVM. */
public final class AuditedAuthorizer extends StandardAuthorizer {
  private static final Set<Use> ALLOWED = ConcurrentHashMap.newKeySet();

  /** What somebody did to something. */
  record Use(String user, AclOperation operation, ResourcePattern resource) {}

  /** All that was allowed so far. */
  static Set<Use> allowed() {
    return Set.copyOf(ALLOWED);
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int i = 0; i < actions.size(); i++) {
      if (results.get(i) == AuthorizationResult.ALLOWED) {
        Action action = actions.get(i);
        ALLOWED.add(
            new Use(context.principal().getName(), action.operation(), action.resourcePattern()));
      }
    }
    return results;
  }
}
