/** What a pipeline is: fields, file formats, rules and aggregates, validated and immutable. */
@NullMarked
package dev.tandem.core.definition;

import org.jspecify.annotations.NullMarked;
