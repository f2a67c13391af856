/** The live half: topology, stores, REST and web pages. */
@NullMarked
package dev.tandem.streams;

import org.jspecify.annotations.NullMarked;
