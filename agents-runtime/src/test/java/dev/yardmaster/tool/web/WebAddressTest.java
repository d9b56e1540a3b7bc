package dev.yardmaster.tool.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://Example.ORG, https://example.org/",
        "http://example.org/a?b=c#d, https://example.org/a?b=c",
        "http://example.org:80/, https://example.org/",
        "https://example.org:443/x, https://example.org/x",
        "http://example.org:8080/x, https://example.org:8080/x",
        "HTTPS://example.org./x, https://example.org/x",
        "https://bücher.example/käse, https://xn--bcher-kva.example/k%C3%A4se",
        "https://example。org/, https://example.org/",
        "https://8.8.8.8/, https://8.8.8.8/",
        "'https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'",
        "https://example.org/a%20b, https://example.org/a%20b",
        "https://example.org?q=1, https://example.org/?q=1",
        "' https://example.org/ ', https://example.org/",
    })
    void has_one_form(String written, String expected) {
        assertThat(WebAddress.of(written)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "//example.org/",
                "https:/example.org",
                "https:example.org",
                "ftp://example.org/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "data:text/html,x",
                "unix:///var/run/docker.sock",
                "https://user@example.org/",
                "https://user:secret@example.org/",
                "https://example.org@127.0.0.1/",
                "https://example.org\\@127.0.0.1/",
                "https://example.org:80:90/",
                "https://example.org:0/",
                "https://example.org:65536/",
                "https://example.org:8o/",
                "https://0/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://127.0.0.01/",
                "https://127.0.0.0x1/",
                "https://127.0.0.1.1/",
                "https://①②⑦.⓪.⓪.①/",
                "https://127。0。0。1/",
                "https://１２７.0.0.1/",
                "https://[::1%25lo]/",
                "https://[::1%lo]/",
                "https://[fe80::1%eth0]/",
                "https://[]/",
                "https://exa mple.org/",
                "https://example..org/",
                "https://.example.org/",
                "https://example.org../",
                "https://-example.org/",
                "https://exa_mple.org/",
                "https://%65xample.org/",
                "https://example.org/a b",
                "https://example.org/\u0000",
                "https://example.org/\r\nHost: x",
                "http://allowed.example/?q=x (and more)",
            })
    void that_can_be_read_in_two_ways_is_refused(String written) {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> WebAddress.of(written))
                .withMessageStartingWith("WebFetch: '");
    }

    @Test
    void that_is_too_long_is_refused() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> WebAddress.of("https://example.org/" + "x".repeat(2_000)))
                .withMessageContaining("longer than 2000 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "/b, https://example.org/b",
        "c?d, https://example.org/a/c?d",
        "//other.example/x, https://other.example/x",
        "http://example.org/x, https://example.org/x",
        "?q, https://example.org/a/?q",
    })
    void leads_on_by_redirects(String location, String expected) {
        assertThat(WebAddress.of("https://example.org/a/").redirected(location)).hasToString(expected);
    }
}
