/**
 * The whole system, as its users run it: processes of the launcher over a real broker, checked by
 * DuckDB over the same files.
 */
package dev.tandem.e2e;
