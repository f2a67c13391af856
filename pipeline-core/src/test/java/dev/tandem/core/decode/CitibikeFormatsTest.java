package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Two formats of one pipeline are told apart by their headers. */
class CitibikeFormatsTest {
  private final PipelineDefinition pipeline = PipelineLoader.load(Path.of("../config"), "citibike");

  private String read(String format, String file) {
    ByteArrayInputStream in = new ByteArrayInputStream(file.getBytes(UTF_8));
    try (FileDecoder decoder = FileDecoder.open(pipeline, in, "trips.csv")) {
      assertThat(decoder.format().name()).isEqualTo(format);
      Event event = ((Decoded.Good) decoder.next()).event();
      return new String(new EventJson(pipeline).write(event), UTF_8);
    }
  }

  @Test
  void shouldReadLegacyTripsWithAnIdOfBikeAndStart() {
    assertThat(
            read(
                "legacy",
                """
                "tripduration","starttime","stoptime","start station id","start station name","start station latitude","start station longitude","end station id","end station name","end station latitude","end station longitude","bikeid","usertype","birth year","gender"
                1437,"2020-04-01 01:06:20.6300","2020-04-01 01:30:17.9680",3678,"Fairmount Ave",40.72572613742557,-74.07195925712585,3678,"Fairmount Ave",40.72572613742557,-74.07195925712585,42314,"Customer",2002,2
                """))
        .isEqualTo(
            "{\"trip_id\":\"42314|2020-04-01 01:06:20.6300\","
                + "\"started_at\":\"2020-04-01T01:06:20.630-04:00\","
                + "\"ended_at\":\"2020-04-01T01:30:17.968-04:00\",\"plan\":\"Customer\","
                + "\"start_station\":\"Fairmount Ave\",\"end_station\":\"Fairmount Ave\","
                + "\"bike\":\"42314\",\"start_lat\":40.72572613742557,"
                + "\"start_lon\":-74.07195925712585,\"end_lat\":40.72572613742557,"
                + "\"end_lon\":-74.07195925712585,\"duration_s\":1437,\"distance_mi\":null,"
                + "\"trip_type\":null,\"access_path\":null,\"multiple_rental\":null}");
  }

  @Test
  void shouldReadCurrentTripsWithTheirOwnId() {
    assertThat(
            read(
                "current",
                """
                ride_id,rideable_type,started_at,ended_at,start_station_name,start_station_id,end_station_name,end_station_id,start_lat,start_lng,end_lat,end_lng,member_casual
                121DD7DD23CB1335,docked_bike,2021-02-03 23:11:28,2021-02-03 23:18:28.5,Hoboken Ave at Monmouth St,JC105,Christ Hospital,JC034,40.735208,-74.046964,40.734786,-74.050444,member
                """))
        .isEqualTo(
            "{\"trip_id\":\"121DD7DD23CB1335\",\"started_at\":\"2021-02-03T23:11:28-05:00\","
                + "\"ended_at\":null,\"plan\":\"member\","
                + "\"start_station\":\"Hoboken Ave at Monmouth St\","
                + "\"end_station\":\"Christ Hospital\",\"bike\":null,\"start_lat\":40.735208,"
                + "\"start_lon\":-74.046964,\"end_lat\":40.734786,\"end_lon\":-74.050444,"
                + "\"duration_s\":null,\"distance_mi\":null,\"trip_type\":null,"
                + "\"access_path\":null,\"multiple_rental\":null}");
  }
}
