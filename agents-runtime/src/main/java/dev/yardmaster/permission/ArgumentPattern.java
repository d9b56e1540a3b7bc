package dev.yardmaster.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.yardmaster.permission.Rule.Hit;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.ToolCall;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The specifier of a rule about one argument: {@code WebFetch(domain:*.example.org)}, {@code Agent(reviewer)}, and, to deny
 * or ask, {@code Tool(name:value)} with {@code *} for any text. An argument that a call does not have never matches.
 */
final class ArgumentPattern {

    /** What other kinds of rules look at, resolved and read; comparing their text would be got round. */
    private static final Set<String> READ_OTHERWISE =
            Set.of("command", "file_path", "path", "notebook_path", "url", "domain");

    private final String name;
    private final boolean host;
    private final Pattern value;

    private ArgumentPattern(String name, boolean host, Pattern value) {
        this.name = name;
        this.host = host;
        this.value = value;
    }

    /** @param tool its name in lower case @param restricts whether the rule denies or asks */
    static Optional<ArgumentPattern> find(String tool, String specifier, boolean restricts) {
        String text = specifier.strip();
        if (tool.equals("webfetch")) {
            return text.startsWith("domain:") && text.length() > 7
                    ? Optional.of(new ArgumentPattern(
                            "url", true, host(text.substring(7).strip())))
                    : Optional.empty();
        }
        if (tool.equals("agent") || tool.equals("task")) {
            return Optional.of(new ArgumentPattern("subagent_type", false, wildcard(text, ".*", 0)));
        }
        if (tool.equals("skill")) {
            return Optional.of(
                    new ArgumentPattern("skill", false, wildcard(text.replaceFirst("(?: |:)\\*$", ""), ".*", 0)));
        }
        int colon = text.indexOf(':');
        String argument = colon < 0 ? "" : text.substring(0, colon).strip();
        boolean known = argument.matches("[A-Za-z_][A-Za-z0-9_-]*") && !READ_OTHERWISE.contains(argument);
        return restricts && known
                ? Optional.of(new ArgumentPattern(
                        argument, false, wildcard(text.substring(colon + 1).strip(), ".*", 0)))
                : Optional.empty();
    }

    /** {@code *} alone is every host, {@code *.h} every one below h; elsewhere it does not cross a dot. */
    private static Pattern host(String written) {
        if (written.equals("*")) {
            return Pattern.compile(".*");
        }
        return written.startsWith("*.")
                ? Pattern.compile(
                        ".+\\." + wildcard(written.substring(2), "[^.]*", 0).pattern(), Pattern.CASE_INSENSITIVE)
                : wildcard(written, "[^.]*", Pattern.CASE_INSENSITIVE);
    }

    private static Pattern wildcard(String text, String star, int flags) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(star)),
                flags | Pattern.DOTALL);
    }

    /** An address that cannot be read may be any. */
    Hit hits(ToolCall call) {
        JsonNode found = call.arguments().as(JsonNode.class).path(name);
        if (!found.isValueNode() || found.isNull()) {
            return Hit.NONE;
        }
        if (host) {
            return host(found).map(this::hits).orElse(Hit.MAYBE);
        }
        return hits(found.asText());
    }

    /** What is really fetched: where a call is read in two ways, this one counts, too. */
    Hit hits(Access.Fetches fetches) {
        return host ? hits(fetches.address().getHost()) : Hit.NONE;
    }

    private Hit hits(String text) {
        return value.matches(text) ? Hit.SURE : Hit.NONE;
    }

    private static Optional<String> host(JsonNode url) {
        try {
            return Optional.ofNullable(URI.create(url.asText().strip()).getHost())
                    .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                    .map(name -> name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
