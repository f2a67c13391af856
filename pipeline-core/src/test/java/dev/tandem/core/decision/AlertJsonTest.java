package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.PipelineDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alerts byte for byte, as programs of others read them. */
class AlertJsonTest {
  private final PipelineDefinition pipeline = TestPipeline.load();
  private final AggregateDefinition arrivals = TestPipeline.aggregate(pipeline, "arrivals");
  private final AlertJson json = new AlertJson(pipeline);

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void shouldWriteWhatWasFoundAndWhatToDo() {
    Alert alert =
        new Alert(
            "rebalance",
            Decision.Kind.IMBALANCE,
            Alert.State.RAISED,
            "A",
            TestPipeline.START + TestPipeline.HOUR,
            TestPipeline.START,
            14,
            new Normal(-2.125, 3.2),
            8,
            "why",
            Optional.of(new Alert.Suggestion(Alert.Action.TAKE_FROM, 9, "B", 0.61859)),
            List.of(new Alert.Row(arrivals, TestPipeline.START, "A")),
            "7",
            List.of(arrivals));
    assertThat(text(json.key(alert)))
        .isEqualTo(
            "{\"decision\":\"rebalance\",\"subject\":\"A\",\"hour\":\"2017-07-03T00:00:00-07:00\"}");
    assertThat(text(json.value(alert)))
        .isEqualTo(
            "{\"decision\":\"rebalance\",\"kind\":\"imbalance\",\"state\":\"raised\",\"subject\":\"A\","
                + "\"hour\":\"2017-07-03T01:00:00-07:00\",\"raised\":\"2017-07-03T00:00:00-07:00\","
                + "\"value\":14,\"expected\":-2.13,\"spread\":3.2,\"threshold\":8,\"why\":\"why\","
                + "\"suggestion\":{\"action\":\"take_from\",\"count\":9,\"partner\":\"B\",\"distance_km\":0.62},"
                + "\"rows\":[{\"aggregate\":\"arrivals\",\"window\":\"2017-07-03T00:00:00-07:00\",\"key\":{\"to\":\"A\"}}],"
                + "\"baseline\":\"7\",\"definitions\":{\"arrivals\":\""
                + arrivals.hexId()
                + "\"}}");
  }

  @Test
  void shouldWriteNullWhereNothingIsKnown() {
    Alert alert =
        new Alert(
            "rejects",
            Decision.Kind.REJECTED_SHARE,
            Alert.State.CLEARED,
            "",
            TestPipeline.START,
            TestPipeline.START,
            0.5,
            null,
            5,
            "why",
            Optional.empty(),
            List.of(),
            null,
            List.of());
    assertThat(text(json.value(alert)))
        .contains("\"kind\":\"rejected_share\",\"state\":\"cleared\",\"subject\":\"\"")
        .endsWith(
            "\"value\":0.5,\"expected\":null,\"spread\":null,\"threshold\":5,\"why\":\"why\","
                + "\"suggestion\":null,\"rows\":[],\"baseline\":null,\"definitions\":{}}");
  }
}
