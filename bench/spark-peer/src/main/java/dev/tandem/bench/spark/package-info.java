/** The work in Spark Structured Streaming. */
package dev.tandem.bench.spark;
