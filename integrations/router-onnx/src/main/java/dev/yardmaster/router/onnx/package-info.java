/** Routing by meaning: an embedding model that runs in the process, from a file in a jar. */
@NullMarked
package dev.yardmaster.router.onnx;

import org.jspecify.annotations.NullMarked;
