package dev.tandem.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds real answers against the OpenAPI document: their status, content type, headers, and their
 * content against the schema. Stricter than the document: a field that it does not describe is
 * wrong, too.
 */
public final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "post");

  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Set<String> seen = new TreeSet<>();

  public OpenApi(JsonNode document) {
    this.document = document.deepCopy();
    close(this.document.path("components").path("schemas"));
  }

  /** No object may have what its schema does not name, where it says nothing of others. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(OpenApi::close);
  }

  /** What is documented: {@code GET /api/v1/{pipeline}}. */
  public Set<String> operations() {
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : METHODS) {
        if (path.getValue().has(method)) {
          all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return all;
  }

  private JsonNode responses(String operation) {
    String[] parts = operation.split(" ", 2);
    return document
        .path("paths")
        .path(parts[1])
        .path(parts[0].toLowerCase(Locale.ROOT))
        .path("responses");
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : document.at(reference.asText().substring(1));
  }

  /** Every response that is documented and was not seen: {@code 404 GET /api/v1/{pipeline}}. */
  public Set<String> unseen() {
    Set<String> all = new TreeSet<>();
    for (String operation : operations()) {
      responses(operation)
          .fieldNames()
          .forEachRemaining(status -> all.add(status + " " + operation));
    }
    all.removeAll(seen);
    return all;
  }

  /** Checks an answer to an operation. */
  public void check(String operation, HttpResponse<?> answer) {
    String body = answer.body() instanceof String text ? text : "";
    String what = answer.statusCode() + " " + operation;
    JsonNode response = resolve(responses(operation).path("" + answer.statusCode()));
    assertThat(response.isObject()).as("%s is documented: %s", what, body).isTrue();
    seen.add(what);
    checkHeaders(what, response, answer);
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(body).as(what).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    assertThat(content.has(type)).as("%s has type %s", what, type).isTrue();
    if (type.equals("application/json")) {
      checkContent(what, content.path(type).path("schema"), body);
    }
  }

  private void checkHeaders(String what, JsonNode response, HttpResponse<?> answer) {
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      if (resolve(header.getValue()).path("required").asBoolean()) {
        assertThat(answer.headers().firstValue(header.getKey()))
            .as("%s has %s", what, header.getKey())
            .isPresent();
      }
    }
  }

  private void checkContent(String what, JsonNode schema, String body) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    JsonSchema checked = schemas.getSchema(whole);
    try {
      assertThat(checked.validate(JSON.readTree(body))).as("%s: %s", what, body).isEmpty();
    } catch (JsonProcessingException e) {
      throw new AssertionError(what + " is no JSON: " + body, e);
    }
  }
}
