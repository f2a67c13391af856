/** What was measured, where and on what, and what follows from it. */
@NullMarked
package dev.tandem.bench.result;

import org.jspecify.annotations.NullMarked;
