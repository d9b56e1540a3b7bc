package dev.yardmaster.models;

import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a provider is, and the key to it. The key is never part of a text: not of {@link #toString}, not of a problem.
 *
 * @param url the base URL, without a slash at its end
 * @param own whether a variable says so, instead of the provider's own address
 */
record Endpoint(URI url, boolean own) {

    /** The provider's address, unless the variable names another. */
    static Endpoint of(String variable, String standard, Map<String, String> environment) {
        return value(environment, variable)
                .map(text -> new Endpoint(checked(variable, text), true))
                .filter(endpoint -> !endpoint.url().equals(URI.create(standard)))
                .orElseGet(() -> new Endpoint(URI.create(standard), false));
    }

    /** What a variable holds; blank counts as unset. */
    static Optional<String> value(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A base URL that was written into a variable. @throws ModelException when it is none; names the variable */
    static URI checked(String variable, String text) {
        try {
            String shorter = text.replaceAll("/+$", "");
            URI url = new URI(shorter);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below, without the text: a key may have been pasted into the wrong variable
        }
        throw new ModelException(
                Kind.BAD_REQUEST,
                "the environment variable " + variable
                        + " holds no base URL; write one such as https://example.org/v1, without user, password or '?'");
    }

    /**
     * A key that was written into one of these variables; the first that is set counts.
     *
     * @throws ModelException when it cannot be a key; names the variable, not the key
     */
    static Optional<String> key(Map<String, String> environment, String... variables) {
        for (String variable : variables) {
            Optional<String> key = value(environment, variable);
            if (key.isPresent()) {
                if (!key.get().chars().allMatch(c -> c > ' ' && c < 127)) {
                    throw new ModelException(
                            Kind.NOT_AUTHORIZED,
                            "the environment variable " + variable
                                    + " holds no key: it has blanks or characters that a key cannot have; set it again");
                }
                return key;
            }
        }
        return Optional.empty();
    }

    /** The base URL with this at its end, unless it ends so already. */
    String with(String path) {
        String text = url.toString();
        return text.endsWith(path) ? text : text + path;
    }

    /** A model's full name; says where it is when that is not the provider's own address, because other prices count there. */
    String named(String provider, String model) {
        return provider + ":" + model + (own ? "@" + url.getRawAuthority() : "");
    }
}
