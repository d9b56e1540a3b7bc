package dev.yardmaster.tool.web;

import dev.yardmaster.tool.InvalidArgumentsException;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a page, read in one way only: what rules are asked about, what is resolved and what is sent are this
 * one's parts. Whatever programs disagree about (user names before the host, numbers that are addresses in octal, zones,
 * backslashes) is refused rather than read.
 *
 * @param uri {@code https}, the host in lower case and ASCII without a dot at its end, no fragment
 */
record WebAddress(URI uri) {

    private static final int LONGEST = 2_000;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    /** A last part that makes browsers read a host as an IPv4 address (url.spec.whatwg.org, "ends in a number"). */
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private static final Pattern FOUR_NUMBERS = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** The colons and digits of an IPv6 address, without a zone. */
    private static final Pattern SIX = Pattern.compile("\\[[0-9a-f:.]+]");

    /** @throws InvalidArgumentsException when it is no address of a page, or one that can be read in two ways */
    static WebAddress of(String url) {
        String text = url.strip();
        if (text.length() > LONGEST) {
            throw refused(text.substring(0, 100) + "…", "is longer than " + LONGEST + " characters");
        }
        URI given;
        try {
            given = new URI(text);
        } catch (URISyntaxException e) {
            throw refused(text, "is no address: " + e.getReason() + "; write blanks and the like as %20");
        }
        String scheme = Optional.ofNullable(given.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(text, "is not on the web; only http:// and https:// are fetched");
        }
        String authority = Optional.ofNullable(given.getRawAuthority()).orElse("");
        if (authority.contains("@")) {
            throw refused(text, "has a user name before its host; leave it out");
        }
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = host(text, colon < 0 ? authority : authority.substring(0, colon));
        String port = colon < 0 ? "" : port(text, authority.substring(colon + 1));
        String path = given.getRawPath().isEmpty() ? "/" : given.getRawPath();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return new WebAddress(
                URI.create(URI.create("https://" + host + port + path + query).toASCIIString()));
    }

    private static String host(String url, String written) {
        String host = written.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            if (!SIX.matcher(host).matches()) {
                throw refused(url, "has no IPv6 address in its brackets, or one with a zone");
            }
            return host;
        }
        try {
            host = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw refused(url, "has no usable host");
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (NUMBER_AT_THE_END.matcher(host).matches()) {
            if (!FOUR_NUMBERS.matcher(written).matches()) {
                throw refused(url, "has a number for a host; write an address as four decimal numbers");
            }
        } else if (host.length() > 253 || !NAME.matcher(host).matches()) {
            throw refused(url, "has no usable host");
        }
        return host;
    }

    /** With its colon; nothing for the ports that go without saying. */
    private static String port(String url, String written) {
        if (written.isEmpty() || written.equals("80") || written.equals("443")) {
            return "";
        }
        int port = PORT.matcher(written).matches() ? Integer.parseInt(written) : 0;
        if (port < 1 || port > 65_535) {
            throw refused(url, "has no usable port");
        }
        return ":" + port;
    }

    private static InvalidArgumentsException refused(String url, String why) {
        return new InvalidArgumentsException("WebFetch: '" + url + "' " + why);
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() < 0 ? 443 : uri.getPort();
    }

    boolean isOfSameServerAs(WebAddress other) {
        return host().equals(other.host()) && port() == other.port();
    }

    /** Where a redirect from here leads. @throws InvalidArgumentsException when that is no address of a page */
    WebAddress redirected(String location) {
        try {
            return of(uri.resolve(new URI(location.strip())).toString());
        } catch (URISyntaxException e) {
            throw refused(location, "is no address: " + e.getReason());
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
