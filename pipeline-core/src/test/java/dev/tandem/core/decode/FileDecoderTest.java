package dev.tandem.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDecoderTest {
  private static final PipelineDefinition BIKETOWN =
      PipelineLoader.load(Path.of("../config"), "biketown");
  private static final String HEADER =
      "RouteID,PaymentPlan,StartHub,StartLatitude,StartLongitude,StartDate,StartTime,EndHub,"
          + "EndLatitude,EndLongitude,EndDate,EndTime,TripType,BikeID,BikeName,Distance_Miles,"
          + "Duration,RentalAccessPath,MultipleRental";
  private static final String TRIP =
      "1282087,Casual,NE Sandy at 16th ,45.52440674,-122.6497686,7/19/2016,10:22,,45.5350569,"
          + "-122.6545566,7/19/2016,10:48,,6083,0468 BIKETOWN,1.195,0:25:46,keypad,FALSE";
  private static final String BLANK = ",".repeat(18);

  /** A trip with this cell changed. */
  private static String trip(int column, String cell) {
    String[] cells = TRIP.split(",", -1);
    cells[column] = cell;
    return String.join(",", cells);
  }

  private static List<Decoded> decode(String text) {
    return decode(text.getBytes(UTF_8));
  }

  private static List<Decoded> decode(byte[] bytes) {
    return decode(new ByteArrayInputStream(bytes), new ArrayList<>());
  }

  private static List<Decoded> decode(InputStream in, List<Decoded> into) {
    try (FileDecoder decoder = FileDecoder.open(BIKETOWN, in, "trips.csv")) {
      decoder.forEachRemaining(into::add);
    }
    return into;
  }

  private static Event event(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Good.class);
    return ((Decoded.Good) decoded).event();
  }

  private static void assertBad(Decoded decoded, long line, RejectReason reason, String raw) {
    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Bad.class,
            bad -> {
              assertThat(bad.reason()).as(bad.error()).isEqualTo(reason);
              assertThat(bad.line()).isEqualTo(line);
              assertThat(new String(bad.raw(), ISO_8859_1)).isEqualTo(raw);
            });
  }

  private static Field field(String name) {
    return BIKETOWN.schema().find(name).orElseThrow();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void shouldReadEveryFieldOfATrip() {
    Event trip = event(decode(HEADER + "\n" + TRIP).get(0));

    assertThat(trip.id()).isEqualTo("1282087");
    assertThat(trip.time()).isEqualTo(Instant.parse("2016-07-19T17:22:00Z").toEpochMilli());
    assertThat(trip.number(field("ended_at")))
        .isEqualTo(Instant.parse("2016-07-19T17:48:00Z").toEpochMilli());
    assertThat(trip.text(field("plan"))).isEqualTo("Casual");
    assertThat(trip.text(field("start_station"))).isEqualTo("NE Sandy at 16th");
    assertThat(trip.has(field("end_station"))).isFalse();
    assertThat(Double.longBitsToDouble(trip.number(field("start_lon")))).isEqualTo(-122.6497686);
    assertThat(trip.number(field("duration_s"))).isEqualTo(1546);
    assertThat(trip.number(field("distance_mi"))).isEqualTo(120);
    assertThat(trip.has(field("trip_type"))).isFalse();
    assertThat(trip.text(field("bike"))).isEqualTo("6083");
    assertThat(trip.has(field("multiple_rental"))).isTrue();
    assertThat(trip.number(field("multiple_rental"))).isZero();
  }

  @Test
  void shouldReadTheSameFromAnyLineBreaksColumnOrderAndBom() {
    Event expected = event(decode(HEADER + "\n" + TRIP + "\n").get(0));
    String renamed =
        HEADER
            .replace("StartLatitude", "Start_Latitude")
            .replace("EndLongitude", "End_Longitude")
            .replace("Distance_Miles", "Distance_Miles_");
    List<String> names = Arrays.asList(HEADER.split(",", -1));
    List<String> cells = Arrays.asList(TRIP.split(",", -1));
    java.util.Collections.rotate(names, 7);
    java.util.Collections.rotate(cells, 7);
    String quoted = "\"" + TRIP.replace(",", "\",\"") + "\"";
    for (String file :
        List.of(
            HEADER + "\r\n" + TRIP,
            HEADER + "\r" + TRIP + "\r",
            HEADER + "\r\n" + TRIP + "\n",
            "\ufeff" + HEADER + "\n" + TRIP,
            renamed + "\n" + TRIP,
            "\n" + HEADER + "\n" + TRIP,
            String.join(",", names) + "\n" + String.join(",", cells),
            HEADER + ",More\n" + TRIP + ",x",
            HEADER + "\n" + quoted)) {
      assertThat(decode(file)).extracting(FileDecoderTest::event).containsExactly(expected);
    }
  }

  @Test
  void shouldKeepLineNumbersInAnyMixOfLineBreaks() {
    List<Decoded> decoded =
        decode(
            String.join("", HEADER + "\r\n", TRIP + "\n", trip(2, "\"a\r\nb\nc\"") + "\r\n")
                + String.join("", BLANK + "\r", "\n", "\r\n", TRIP));

    // the CR behind the blank row and the LF after it are one CRLF
    assertThat(decoded).extracting(Decoded::line).containsExactly(2L, 3L, 6L, 7L, 8L);
    assertThat(event(decoded.get(1)).text(field("start_station"))).isEqualTo("a\r\nb\nc");
    assertBad(decoded.get(2), 6, RejectReason.BLANK, BLANK);
    assertBad(decoded.get(3), 7, RejectReason.BLANK, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | '' | MISSING_ID",
        "0 | '  ' | MISSING_ID",
        "5 | '' | UNREADABLE_TIME",
        "6 | '' | UNREADABLE_TIME",
        "5 | 2/29/2017 | UNREADABLE_TIME",
        "5 | 13/1/2017 | UNREADABLE_TIME",
        "5 | 7/19/16 | UNREADABLE_TIME",
        "6 | 24:00 | UNREADABLE_TIME",
        "6 | 10:22:00 | UNREADABLE_TIME",
        "3 | 1,2 | MALFORMED",
      })
  void shouldRejectARowThatIsNoEvent(int column, String cell, RejectReason reason) {
    String row = trip(column, cell);
    List<Decoded> decoded = decode(HEADER + "\n" + row + "\n" + TRIP);
    assertBad(decoded.get(0), 2, reason, row);
    assertThat(event(decoded.get(1)).id()).isEqualTo("1282087");
  }

  @Test
  void shouldSayWhatIsWrong() {
    List<Decoded> decoded =
        decode(HEADER + "\n" + trip(0, "") + "\n" + trip(5, "x") + "\n1,2\n" + trip(1, "\"a"));
    assertThat(decoded)
        .extracting(d -> ((Decoded.Bad) d).error())
        .containsExactly(
            "no RouteID",
            "no readable time in StartDate, StartTime",
            "2 columns, but the header has 19",
            "a quote is not closed");
  }

  @ParameterizedTest
  @CsvSource({
    "16,x",
    "16,25:46",
    "16,0:60:00",
    "16,0:00:60",
    "16,:25:46",
    "16,-1:00:00",
    "16,0:5:46",
    "16,9999999999999999:00:00",
    "15,far",
    "15,1e99",
    "15,99999999999999999999",
    "3,NaN",
    "3,1f",
    "3,0x1p3",
    "3,1e999",
    "10,0/0/0",
    "18,YES"
  })
  void shouldLeaveWhatCannotBeReadNull(int column, String cell) {
    Event trip = event(decode(HEADER + "\n" + trip(column, cell)).get(0));
    String name =
        switch (column) {
          case 16 -> "duration_s";
          case 15 -> "distance_mi";
          case 3 -> "start_lat";
          case 10 -> "ended_at";
          default -> "multiple_rental";
        };
    assertThat(trip.has(field(name))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"547000:00:01,1969200001", "0:00:00,0", "100:59:59,363599"})
  void shouldReadHoursOfAnyLength(String duration, long seconds) {
    Event trip = event(decode(HEADER + "\n" + trip(16, duration)).get(0));
    assertThat(trip.number(field("duration_s"))).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "3/12/2017, 1:59, 2017-03-12T09:59:00Z",
    // there is no such time: forward by the length of the gap
    "3/12/2017, 2:30, 2017-03-12T10:30:00Z",
    "3/12/2017, 3:30, 2017-03-12T10:30:00Z",
    // twice there: the first time
    "11/5/2017, 1:30, 2017-11-05T08:30:00Z",
    "11/5/2017, 2:00, 2017-11-05T10:00:00Z",
  })
  void shouldReadLocalTimesAtClockChanges(String date, String time, Instant instant) {
    Event trip = event(decode(HEADER + "\n" + trip(5, date).replace("10:22", time)).get(0));
    assertThat(Instant.ofEpochMilli(trip.time())).isEqualTo(instant);
  }

  @Test
  void shouldRejectOnlyTheRowThatIsNotUtf8() {
    String good = trip(2, "Café ☕ 🚲");
    String bad = trip(2, "Caf\u00e9");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes((HEADER + "\n" + good + "\n").getBytes(UTF_8));
    file.writeBytes((bad + "\n").getBytes(ISO_8859_1));
    file.writeBytes((good + "\n").getBytes(UTF_8));

    List<Decoded> decoded = decode(file.toByteArray());

    assertThat(decoded).hasSize(3);
    assertThat(event(decoded.get(0)).text(field("start_station"))).isEqualTo("Café ☕ 🚲");
    assertBad(decoded.get(1), 3, RejectReason.INVALID_UTF8, bad);
    assertThat(event(decoded.get(2))).isEqualTo(event(decoded.get(0)));
  }

  /** Without care one lost quote would swallow the rest of the file. */
  @Test
  void shouldLoseOnlyTheLineWithAQuoteThatNothingCloses() {
    String open = trip(2, "\"NE Sandy");
    String behind = trip(2, "\"a\"b");
    List<Decoded> decoded =
        decode(String.join("\r\n", HEADER, open, TRIP, TRIP, behind, TRIP, open, TRIP));

    assertThat(decoded).extracting(Decoded::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertBad(decoded.get(0), 2, RejectReason.MALFORMED, open);
    assertBad(decoded.get(3), 5, RejectReason.MALFORMED, behind);
    assertBad(decoded.get(5), 7, RejectReason.MALFORMED, open);
    assertThat(decoded.get(6)).isInstanceOf(Decoded.Good.class);
  }

  @Test
  void shouldCutLinesThatAreTooLong() {
    String huge = trip(2, "x".repeat(3 * FileDecoder.MAX_RECORD_BYTES));
    List<Decoded> decoded = decode(String.join("\n", HEADER, TRIP, huge, TRIP));

    assertBad(
        decoded.get(1), 3, RejectReason.TOO_LARGE, huge.substring(0, FileDecoder.MAX_RECORD_BYTES));
    assertThat(decoded.get(2).line()).isEqualTo(4);
    assertThat(decoded.get(2)).isInstanceOf(Decoded.Good.class);
  }

  @Test
  void shouldRejectIdsThatAreTooLong() {
    String row = trip(0, "ä".repeat(257));
    byte[] raw = row.getBytes(UTF_8);
    assertBad(
        decode(HEADER + "\n" + row).get(0),
        2,
        RejectReason.ID_TOO_LONG,
        new String(raw, ISO_8859_1));
    assertThat(decode(HEADER + "\n" + trip(0, "ä".repeat(256))).get(0))
        .isInstanceOf(Decoded.Good.class);
  }

  @Test
  void shouldUnpackGzipOfSeveralMembersEvenWhenAStreamSaysNothingIsAvailable() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(gzip((HEADER + "\n" + TRIP).getBytes(UTF_8)));
    file.writeBytes(gzip(("\n" + TRIP + "\n").getBytes(UTF_8)));
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(file.toByteArray())) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, 10));
          }
        };
    assertThat(decode(slow, new ArrayList<>())).hasSize(2);
  }

  /** Each cut of the file gives the rows before it, never half a row, and says so. */
  @Test
  void shouldGiveAllWholeRowsBeforeATruncation() throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      text.append(trip(0, Integer.toString(random.nextInt()))).append('\n');
    }
    byte[] whole = gzip(text.toString().getBytes(UTF_8));
    List<Decoded> all = decode(whole);
    for (int length : new int[] {whole.length - 1, whole.length - 8, whole.length / 2}) {
      List<Decoded> some = new ArrayList<>();
      InputStream cut = new ByteArrayInputStream(whole, 0, length);
      assertThatThrownBy(() -> decode(cut, some))
          .isInstanceOfSatisfying(TandemException.class, e -> assertThat(e.exitCode()).isEqualTo(1))
          .hasMessage("trips.csv is cut off after line %d: get the file again", some.size() + 1);
      assertThat(some).hasSizeGreaterThan(100);
      assertThat(some).isEqualTo(all.subList(0, some.size()));
    }
  }

  @Test
  void shouldNoticeAChecksumThatIsWrong() throws IOException {
    byte[] whole = gzip((HEADER + "\n" + TRIP + "\n").getBytes(UTF_8));
    whole[whole.length - 6] ^= 1;
    List<Decoded> some = new ArrayList<>();
    assertThatThrownBy(() -> decode(new ByteArrayInputStream(whole), some))
        .hasMessageContaining("trips.csv is damaged at line 2 or before (Corrupt GZIP trailer)");
    assertThat(some).hasSize(1);
  }

  @Test
  void shouldNameMissingColumnsAndTheNearestThatAreThere() {
    String header = HEADER.replace("StartHub", "Start_Hub").replace("EndLatitude", "Lat");
    assertThatThrownBy(() -> decode(header + "\n" + TRIP))
        .isInstanceOfSatisfying(TandemException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessage(
            "trips.csv: no column StartHub (did you mean Start_Hub?), EndLatitude or End_Latitude"
                + " for format csv; the header has "
                + header.replace(",", ", ")
                + ": correct the file, or name its column in the pipeline's formats");
  }

  @Test
  void shouldRefuseAHeaderThatCannotBeMeant() {
    assertThatThrownBy(() -> decode("")).hasMessageContaining("trips.csv is empty");
    assertThatThrownBy(() -> decode("\n\n")).hasMessageContaining("trips.csv is empty");
    assertThatThrownBy(() -> decode(HEADER + ",StartHub\n" + TRIP + ","))
        .hasMessageContaining("column StartHub stands twice");
    assertThatThrownBy(() -> decode("\"" + HEADER))
        .hasMessage("trips.csv:1: the header cannot be read: a quote is not closed");
    assertThatThrownBy(() -> decode(("\u00e9," + HEADER).getBytes(ISO_8859_1)))
        .hasMessage("trips.csv:1: the header cannot be read: not UTF-8");
  }

  @Test
  void shouldReadAFileOfAHeaderOnly() {
    assertThat(decode(HEADER)).isEmpty();
    assertThat(decode(HEADER + "\r\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 12, 18})
  void shouldReadFilesWithoutOptionalColumns(int column) {
    List<String> names = new ArrayList<>(List.of(HEADER.split(",", -1)));
    List<String> cells = new ArrayList<>(List.of(TRIP.split(",", -1)));
    names.remove(column);
    cells.remove(column);
    assertThat(decode(String.join(",", names) + "\n" + String.join(",", cells)))
        .hasOnlyElementsOfType(Decoded.Good.class);
  }
}
