package dev.tandem.core.aggregate;

/**
 * Bytes that another build of Tandem wrote, in a version of their format that this one does not
 * read.
 */
public final class UnknownVersionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownVersionException(String what, int version, int oldest, int newest) {
    super(
        "%s of version %d, this build reads %s"
            .formatted(what, version, oldest == newest ? "" + newest : oldest + " to " + newest));
  }
}
