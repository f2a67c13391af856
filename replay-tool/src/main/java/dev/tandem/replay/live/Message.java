package dev.tandem.replay.live;

import java.util.OptionalLong;

/**
 * A message as it came.
 *
 * @param bytes its first {@link dev.tandem.core.decode.FileDecoder#MAX_RECORD_BYTES}
 * @param cut whether it has more
 * @param cursor its place in the stream, where it says it
 * @param wanted false for one that the pipeline's origin leaves out
 */
public record Message(byte[] bytes, boolean cut, OptionalLong cursor, boolean wanted) {}
