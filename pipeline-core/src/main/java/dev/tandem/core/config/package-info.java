/**
 * The settings: each declared once, read from flags, environment, files and defaults in that order.
 */
@NullMarked
package dev.tandem.core.config;

import org.jspecify.annotations.NullMarked;
