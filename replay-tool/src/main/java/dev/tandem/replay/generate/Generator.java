package dev.tandem.replay.generate;

import java.io.IOException;
import java.io.Writer;
import java.util.Random;

/** Writes the rows of a made-up history, a month a file. */
interface Generator {
  /** How the names of its files end: {@code .csv.gz}. */
  String ending();

  /**
   * Writes one file.
   *
   * @param random the only source of chance; the same state gives the same bytes
   * @param out takes the whole text, header and line ends included
   */
  void write(Month month, Random random, Writer out) throws IOException;
}
