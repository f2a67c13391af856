package dev.tandem.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
  private final EventJson json = new EventJson(EventSamples.pipeline("America/Los_Angeles"));

  private Event read(String text) throws InvalidEventException {
    return json.read(text.getBytes(UTF_8));
  }

  @Provide
  Arbitrary<Event> events() {
    return EventSamples.events();
  }

  @Property
  void shouldReadWhatItWrites(@ForAll("events") Event event) throws InvalidEventException {
    assertThat(json.read(json.write(event))).isEqualTo(event);
  }

  @Property(tries = 200)
  void shouldReadWhatItWritesInAnyZone(@ForAll("events") Event event) throws InvalidEventException {
    for (String zone : List.of("UTC", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Monrovia")) {
      EventJson there = new EventJson(EventSamples.pipeline(zone));
      assertThat(json.read(there.write(event))).isEqualTo(event);
    }
  }

  /** Golden: other programs read these bytes. */
  @Test
  void shouldWriteEveryFieldInOrder() {
    Event event = EventSamples.event("7\"ü", Instant.parse("2017-07-01T15:00:00Z").toEpochMilli());
    assertThat(new String(json.write(event), UTF_8))
        .isEqualTo(
            "{\"id\":\"7\\\"ü\",\"at\":\"2017-07-01T08:00:00-07:00\",\"end\":null,\"name\":null,"
                + "\"count\":null,\"fare\":null,\"lat\":null,\"flag\":null,\"tags\":null}");

    event.setNumber(EventSamples.END, Instant.parse("2017-12-01T15:00:00.050Z").toEpochMilli());
    event.setText(EventSamples.NAME, "NE Sandy at 16th");
    event.setNumber(EventSamples.COUNT, -5);
    event.setNumber(EventSamples.FARE, -7);
    event.setDouble(EventSamples.LAT, -122.6497686);
    event.setNumber(EventSamples.FLAG, 1);
    event.setTexts(EventSamples.TAGS, List.of("b", "a", "b"));
    assertThat(new String(json.write(event), UTF_8))
        .isEqualTo(
            "{\"id\":\"7\\\"ü\",\"at\":\"2017-07-01T08:00:00-07:00\","
                + "\"end\":\"2017-12-01T07:00:00.050-08:00\",\"name\":\"NE Sandy at 16th\","
                + "\"count\":-5,\"fare\":-0.07,\"lat\":-122.6497686,\"flag\":true,"
                + "\"tags\":[\"b\",\"a\"]}");
  }

  @Test
  void shouldTakeFieldsInAnyOrderAndSkipUnknownOnes() throws InvalidEventException {
    Event event =
        read(
            " {\"x\": {\"id\": [1, {}]}, \"fare\": 1.005, \"at\": \"1970-01-01T00:00:00.0019Z\","
                + "\"name\": \"  \", \"id\": \" a \", \"tags\": [\" \"], \"y\": null} ");

    Event expected = EventSamples.event("a", 1);
    expected.setNumber(EventSamples.FARE, 101);
    assertThat(event).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2017-07-01T08:00:00-07:00 | 2017-07-01T15:00:00Z",
        "2017-07-01T08:00:00.5+05:45 | 2017-07-01T02:15:00.5Z",
        "2017-07-01T08:00:00.123456789Z | 2017-07-01T08:00:00.123Z",
        "2016-02-29T08:00:00Z | 2016-02-29T08:00:00Z",
        "2017-07-01T08:00Z | 2017-07-01T08:00:00Z",
        "2017-07-01t08:00:00z | 2017-07-01T08:00:00Z",
        "1883-11-18T12:07:01-07:52:58 | 1883-11-18T19:59:59Z",
        "1969-12-31T23:59:59.9999Z | 1969-12-31T23:59:59.999Z",
      })
  void shouldReadTimesWithOffset(String text, Instant time) throws InvalidEventException {
    assertThat(read("{\"id\":\"a\",\"at\":\"" + text + "\"}").time())
        .isEqualTo(time.toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``| NOT_JSON | not JSON: nothing but blanks",
        "nonsense | NOT_JSON | ",
        "{'id':1} | NOT_JSON | ",
        "{\"id\":\"a\" | NOT_JSON | ",
        "{GOOD} x | NOT_JSON | ",
        "{GOOD} {} | NOT_JSON | something follows the JSON object",
        "{GOOD,\"count\":NaN} | NOT_JSON | ",
        "{GOOD,\"count\":01} | NOT_JSON | ",
        "[{GOOD}] | NOT_AN_OBJECT | not a JSON object but a list",
        "[1 | NOT_JSON | ",
        "5 | NOT_AN_OBJECT | not a JSON object but a number",
        "5 6 | NOT_JSON | not JSON: several values",
        "null | NOT_AN_OBJECT | not a JSON object but null",
        "{} | MISSING_ID | id is missing",
        "{\"id\":null} | MISSING_ID | id is missing",
        "{\"id\":\" \"} | MISSING_ID | id is missing",
        "{\"id\":5} | WRONG_TYPE | id must be a string, found a number",
        "{\"id\":\"\\u0000a\"} | MALFORMED | id begins with U+0000 or is longer than 512 bytes",
        "{\"id\":\"\\ud800\"} | MALFORMED | id has half a surrogate pair",
        "{\"id\":\"a\"} | UNREADABLE_TIME | at is missing",
        "{\"id\":\"a\",\"at\":\"2017-07-01T08:00:00\"} | UNREADABLE_TIME | at is no ISO-8601 time"
            + " with offset: 2017-07-01T08:00:00",
        "{\"id\":\"a\",\"at\":\"2017-02-29T08:00:00Z\"} | UNREADABLE_TIME | ",
        "{\"id\":\"a\",\"at\":\"2017-02-28T24:00:00Z\"} | UNREADABLE_TIME | ",
        "{\"id\":\"a\",\"at\":\"2017-02-28T08:00:00+19:00\"} | UNREADABLE_TIME | ",
        "{\"id\":\"a\",\"at\":\"+10000-01-01T08:00:00Z\"} | OUT_OF_RANGE | at is not within the"
            + " years 1 to 9999",
        "{\"id\":\"a\",\"at\":1498921200000} | WRONG_TYPE | at must be a time in quotes, found a"
            + " number",
        "{GOOD,\"end\":\"soon\"} | WRONG_TYPE | end is no ISO-8601 time with offset: soon",
        "{GOOD,\"name\":true} | WRONG_TYPE | name must be a string, found a boolean",
        "{GOOD,\"name\":{}} | WRONG_TYPE | name must be a string, found an object",
        "{GOOD,\"count\":\"5\"} | WRONG_TYPE | count must be an integer, found a string",
        "{GOOD,\"count\":5.0} | WRONG_TYPE | count must be an integer, found a number",
        "{GOOD,\"count\":1000000000000001} | OUT_OF_RANGE | count is beyond 10^15 in its smallest"
            + " unit",
        "{GOOD,\"count\":99999999999999999999999} | OUT_OF_RANGE | ",
        "{GOOD,\"fare\":10000000000000.005} | OUT_OF_RANGE | ",
        "{GOOD,\"fare\":1e999999999} | OUT_OF_RANGE | ",
        "{GOOD,\"fare\":\"1\"} | WRONG_TYPE | fare must be a number, found a string",
        "{GOOD,\"lat\":1e999} | OUT_OF_RANGE | lat is out of range",
        "{GOOD,\"flag\":1} | WRONG_TYPE | flag must be true or false, found a number",
        "{GOOD,\"tags\":\"a\"} | WRONG_TYPE | tags must be a list of strings, found a string",
        "{GOOD,\"tags\":[1]} | WRONG_TYPE | tags must be a string, found a number",
        "{GOOD,\"tags\":[null]} | WRONG_TYPE | tags must be a string, found null",
        "{GOOD,\"id\":\"b\"} | MALFORMED | id is there twice",
        "{GOOD,\"tags\":null,\"tags\":[]} | MALFORMED | tags is there twice",
      })
  void shouldSayWhyItIsNoEvent(String text, RejectReason reason, String message) {
    String event = text.replace("GOOD", "\"id\":\"a\",\"at\":\"2017-07-01T08:00:00Z\"");
    InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> read(event));
    assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
    if (message != null) {
      assertThat(e).hasMessage(message);
    }
  }

  @Test
  void shouldRefuseWhatIsNotUtf8() {
    String good = "{\"id\":\"ä\",\"at\":\"2017-07-01T08:00:00Z\"}";
    for (byte[] bytes :
        List.of(
            good.getBytes(StandardCharsets.ISO_8859_1),
            good.getBytes(StandardCharsets.UTF_16BE),
            good.getBytes(StandardCharsets.UTF_16LE),
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'})) {
      assertThat(catchThrowableOfType(InvalidEventException.class, () -> json.read(bytes)).reason())
          .isEqualTo(RejectReason.INVALID_UTF8);
    }
  }

  @Test
  void shouldTakeIdsOfUpTo512Bytes() throws InvalidEventException {
    String event = "{\"id\":\"%s\",\"at\":\"2017-07-01T08:00:00Z\"}";
    String longest = "ä".repeat(256);
    assertThat(read(event.formatted(longest)).id()).isEqualTo(longest);
    assertThat(
            catchThrowableOfType(
                    InvalidEventException.class, () -> read(event.formatted(longest + "x")))
                .reason())
        .isEqualTo(RejectReason.ID_TOO_LONG);
  }

  @Test
  void shouldReadOnAfterABadOne() throws InvalidEventException {
    assertThatThrownBy(() -> read("{\"id\":")).isInstanceOf(InvalidEventException.class);
    Event event = EventSamples.event("a", 0);
    assertThat(json.read(json.write(event))).isEqualTo(event);
  }
}
