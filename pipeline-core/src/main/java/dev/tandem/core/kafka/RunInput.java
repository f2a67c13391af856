package dev.tandem.core.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * A file as a backfill read it.
 *
 * @param file absolute path, or URI
 * @param bytes its size, as it is stored
 * @param xxh3 128-bit XXH3 of these bytes, 32 hexadecimal digits
 */
public record RunInput(
    @JsonProperty("file") String file,
    @JsonProperty("bytes") long bytes,
    @JsonProperty("xxh3") String xxh3)
    implements Serializable {}
