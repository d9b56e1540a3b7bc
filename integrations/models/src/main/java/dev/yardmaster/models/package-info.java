/**
 * Models of Anthropic, OpenAI and servers that speak like it, Gemini, and Ollama. langchain4j translates the messages; the
 * transport under it is ours ({@link StrictHttp}): it keeps deadlines, reads {@code Retry-After}, and calls a reply whole
 * only when its bytes say so.
 */
@NullMarked
package dev.yardmaster.models;

import org.jspecify.annotations.NullMarked;
