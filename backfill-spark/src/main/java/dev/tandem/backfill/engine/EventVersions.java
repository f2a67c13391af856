package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one event id, or a part of it; parts merge in any order.
 *
 * @param fileRank place of {@code file} among the rows of all files, in the order given
 * @param file the event as the last row that has it gives it, {@code EventBytes}; null: none has
 * @param fileRows how many rows have it
 * @param logOffset of {@code log} in the partition where the id belongs
 * @param log the event as its first valid record in the log gives it; null: none does
 * @param logRecords how many valid records there are
 * @param claimsOffset of {@code claims} in the claims topic
 * @param claims the latest record of claims; null: none
 */
record EventVersions(
    long fileRank,
    byte @Nullable [] file,
    int fileRows,
    long logOffset,
    byte @Nullable [] log,
    int logRecords,
    long claimsOffset,
    byte @Nullable [] claims) {

  static EventVersions ofFile(long rank, byte[] event) {
    return new EventVersions(rank, event, 1, -1, null, 0, -1, null);
  }

  static EventVersions ofLog(long offset, byte[] event) {
    return new EventVersions(-1, null, 0, offset, event, 1, -1, null);
  }

  static EventVersions ofClaims(long offset, byte[] claims) {
    return new EventVersions(-1, null, 0, -1, null, 0, offset, claims);
  }

  EventVersions merge(EventVersions o) {
    EventVersions f = fileRank >= o.fileRank ? this : o;
    EventVersions l = log == null || (o.log != null && o.logOffset < logOffset) ? o : this;
    EventVersions c = claimsOffset >= o.claimsOffset ? this : o;
    return new EventVersions(
        f.fileRank,
        f.file,
        fileRows + o.fileRows,
        l.logOffset,
        l.log,
        logRecords + o.logRecords,
        c.claimsOffset,
        c.claims);
  }

  void write(Bytes out) {
    out.putSigned(fileRank);
    optional(file, out);
    out.putUnsigned(fileRows);
    out.putSigned(logOffset);
    optional(log, out);
    out.putUnsigned(logRecords);
    out.putSigned(claimsOffset);
    optional(claims, out);
  }

  static EventVersions read(Bytes in) {
    return new EventVersions(
        in.getSigned(),
        optional(in),
        (int) in.getUnsigned(),
        in.getSigned(),
        optional(in),
        (int) in.getUnsigned(),
        in.getSigned(),
        optional(in));
  }

  private static void optional(byte @Nullable [] bytes, Bytes out) {
    if (bytes == null) {
      out.putUnsigned(0);
    } else {
      out.putUnsigned(bytes.length + 1L);
      out.putBytes(bytes);
    }
  }

  private static byte @Nullable [] optional(Bytes in) {
    long n = in.getUnsigned();
    return n == 0 ? null : in.getBytes(n - 1);
  }
}
