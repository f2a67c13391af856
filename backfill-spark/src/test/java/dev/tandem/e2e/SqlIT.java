package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tandem sql} over small files. */
class SqlIT {
  private static final String HEADER =
      "RouteID,PaymentPlan,StartHub,StartLatitude,StartLongitude,StartDate,StartTime,EndHub,EndLatitude,EndLongitude,EndDate,EndTime,TripType,BikeID,BikeName,Distance_Miles,Duration,RentalAccessPath,MultipleRental\n";

  @TempDir private Path folder;

  @Test
  void shouldCountEachIdOnceAndShowTimesInThePipelinesZone() throws Exception {
    Path first = file("a.csv", trip("1", "Casual", "0:10:00") + trip("2", "Casual", "30:00:00"));
    Path later = file("b.csv", trip("1", "Subscriber", "0:20:00") + ",,,,,,,,,,,,,,,,,,\n");
    String output =
        TandemProcess.run(
            0,
            "sql",
            "-p",
            "biketown",
            "--json",
            "SELECT trip_id, plan, duration_s, distance_mi, started_at, hour(started_at) AS h"
                + " FROM events ORDER BY trip_id",
            "SELECT count(*) AS n, max(duration_s) AS longest, max(_line) AS line FROM raw_events",
            "SELECT line, reason, array(1, 2) AS list FROM rejected",
            "--files",
            first.toString(),
            "--files",
            later.toString());
    List<String> lines = output.lines().toList();
    ObjectMapper json = new ObjectMapper();
    JsonNode corrected = json.readTree(lines.get(0));
    assertThat(corrected.get("plan").asText()).isEqualTo("Subscriber");
    assertThat(corrected.get("started_at").asText()).isEqualTo("2016-07-19T10:22:00-07:00");
    assertThat(corrected.get("h").asInt()).isEqualTo(10);
    assertThat(corrected.get("distance_mi").asText()).isEqualTo("1.19");
    assertThat(corrected.get("duration_s").asLong()).isEqualTo(1_200);
    assertThat(json.readTree(lines.get(1)).get("duration_s").isNull()).isTrue();
    assertThat(lines.get(2)).isEmpty();
    assertThat(lines.get(3)).isEqualTo("{\"n\":3,\"longest\":108000,\"line\":3}");
    assertThat(lines.get(5)).isEqualTo("{\"line\":3,\"reason\":\"blank\",\"list\":[1,2]}");
    assertThat(lines).hasSize(6);
  }

  @Test
  void shouldRefuseInOneLineWhatIsNoQuery() throws Exception {
    Path file = file("a.csv", trip("1", "Casual", "0:10:00"));
    String output =
        TandemProcess.run(
            2, "sql", "-p", "biketown", "SELECT plam FROM events", "--files", file.toString());
    assertThat(output.lines()).hasSize(1);
    assertThat(output).contains("plam").contains("plan");
  }

  private Path file(String name, String rows) throws Exception {
    return Files.writeString(folder.resolve(name), HEADER + rows);
  }

  private static String trip(String id, String plan, String duration) {
    return id
        + ","
        + plan
        + ",SW 3rd,45.52,-122.64,7/19/2016,10:22,,45.53,-122.65,7/19/2016,10:48,,6083,0468"
        + " BIKETOWN,1.19,"
        + duration
        + ",keypad,FALSE\n";
  }
}
