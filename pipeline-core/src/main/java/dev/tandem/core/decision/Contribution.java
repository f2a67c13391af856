package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import java.nio.charset.StandardCharsets;

/** One event counts once for a subject in an hour of an aggregate. */
record Contribution(long definitionId, long hour, String subject) {

  static Contribution read(Bytes in) {
    return new Contribution(
        in.getFixed(), in.getSigned(), new String(in.getBlock(), StandardCharsets.UTF_8));
  }

  void write(Bytes out) {
    out.putFixed(definitionId);
    out.putSigned(hour);
    out.putBlock(subject.getBytes(StandardCharsets.UTF_8));
  }
}
