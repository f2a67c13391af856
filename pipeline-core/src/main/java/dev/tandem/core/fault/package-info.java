/**
 * Named places at which a test may stop a process, to see that nothing is lost or counted twice.
 */
@NullMarked
package dev.tandem.core.fault;

import org.jspecify.annotations.NullMarked;
