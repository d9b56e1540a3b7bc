package dev.yardmaster.models;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.yardmaster.event.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of the tokens of a reply, the cached ones among them. Anthropic counts
 * <a href="https://platform.claude.com/docs/en/build-with-claude/prompt-caching">cached tokens beside the others</a>,
 * OpenAI and Gemini among them.
 */
final class CachedTokens {

    private CachedTokens() {}

    static Usage usage(TokenUsage counted) {
        long sent = count(counted.inputTokenCount());
        long received = count(counted.outputTokenCount());
        return switch (counted) {
            case AnthropicTokenUsage anthropic -> {
                long read = count(anthropic.cacheReadInputTokens());
                long written = count(anthropic.cacheCreationInputTokens());
                yield new Usage(sent + read + written, received, read, written);
            }
            case OpenAiTokenUsage openAi ->
                new Usage(
                        sent,
                        received,
                        openAi.inputTokensDetails() == null
                                ? 0
                                : Math.min(
                                        sent, count(openAi.inputTokensDetails().cachedTokens())),
                        0);
            case GoogleAiGeminiTokenUsage gemini ->
                new Usage(sent, received, Math.min(sent, count(gemini.cachedContentTokenCount())), 0);
            default -> new Usage(sent, received);
        };
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }
}
