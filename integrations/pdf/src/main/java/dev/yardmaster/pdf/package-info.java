/** Pages of PDF documents, read by Apache PDFBox in a process of its own. */
@NullMarked
package dev.yardmaster.pdf;

import org.jspecify.annotations.NullMarked;
