/** Tandem's streams app as an engine: started and waited for. */
@NullMarked
package dev.tandem.bench.app;

import org.jspecify.annotations.NullMarked;
