/** What is read out of texts: words and hashtags, in Unicode's sense. */
@NullMarked
package dev.tandem.core.text;

import org.jspecify.annotations.NullMarked;
