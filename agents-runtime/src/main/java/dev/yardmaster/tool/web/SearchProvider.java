package dev.yardmaster.tool.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Who searches the web for agents: an application's own way to a search engine. Given to a runtime as a tool, {@code
 * AgentRuntime.builder().tools(new WebSearchTool(server, provider))}. Thread-safe: agents search at once.
 */
@FunctionalInterface
public interface SearchProvider {

    /**
     * What is searched for.
     *
     * @param words two characters or more
     * @param allowed the only domains that results may be of, subdomains included; empty for any
     * @param blocked domains that results may not be of, subdomains included
     */
    record Query(String words, List<String> allowed, List<String> blocked) {

        public Query {
            allowed = allowed.stream().map(Query::domain).toList();
            blocked = blocked.stream().map(Query::domain).toList();
        }

        private static String domain(String written) {
            String domain = written.strip().toLowerCase(Locale.ROOT);
            return domain.startsWith("*.") ? domain.substring(2) : domain;
        }
    }

    /**
     * A page that was found.
     *
     * @param url absolute
     * @param text what the page says about it, in short; may be empty
     */
    record Found(String title, String url, String text) {}

    /**
     * Searches. Blocks; runs on a virtual thread; an interrupt means that the run was cancelled. Results of other domains than the
     * query wants are left out afterwards; who can ask for them alone, does.
     *
     * @return the best first
     * @throws IOException when it could not be asked; tried again as the runtime does with what only reads
     */
    List<Found> search(Query query) throws IOException, InterruptedException;
}
