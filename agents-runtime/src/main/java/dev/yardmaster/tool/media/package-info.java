/** Images and documents as they are shown to models: recognised by their content, of a size that models take. */
@NullMarked
package dev.yardmaster.tool.media;

import org.jspecify.annotations.NullMarked;
