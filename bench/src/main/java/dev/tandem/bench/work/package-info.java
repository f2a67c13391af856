/** The work that engines are given: files, a topic of events, and the rows that must come out. */
@NullMarked
package dev.tandem.bench.work;

import org.jspecify.annotations.NullMarked;
