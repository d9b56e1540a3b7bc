package dev.yardmaster.tool.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    private static String text(String html) throws Exception {
        return page("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .text();
    }

    private static WebPage page(String type, byte[] body) throws Exception {
        return find(type, body).orElseThrow();
    }

    private static Optional<WebPage> find(String type, byte[] body) throws Exception {
        return WebPage.of(
                WebAddress.of("https://site.example/docs/"),
                new WebReply(200, "OK", Optional.empty(), Optional.of(type), body));
    }

    @Test
    void keeps_what_a_page_is_made_of() throws Exception {
        assertThat(text("""
                <html><head><title>T</title></head><body>
                <h1>Orders &amp; more</h1><p>One   <b>bold</b>
                line.</p><p>See <a href="../x?a=1&amp;b=2">the manual</a> and <a href="javascript:x()">this</a>.</p>
                <h2>Steps</h2><ol><li>First</li><li>Second<ul><li>inner</li></ul></li></ol>
                <pre><code>if (a &lt; b) {
                  c();
                }</code></pre>
                <p>Use <code>mvn test</code><br>daily. <img src="x.png" alt="a chart"></p>
                <table><tr><th>Name</th><th>Price</th></tr><tr><td>Tea</td><td>3</td></tr></table>
                <blockquote>Said so.</blockquote>
                </body></html>""")).isEqualTo("""
                # Orders & more

                One bold line.

                See [the manual](https://site.example/x?a=1&b=2) and this.

                ## Steps

                1. First
                2. Second
                  - inner

                ```
                if (a < b) {
                  c();
                }
                ```

                Use `mvn test`
                daily. [image: a chart]

                | Name | Price |
                | Tea | 3 |

                > Said so.""");
    }

    @Test
    void leaves_out_what_nobody_sees() throws Exception {
        assertThat(text("""
                <body><script>alert(1)</script><style>p {}</style><p>Shown</p><p hidden>a</p>
                <div style="display: NONE">b</div><span style="font-size:0">c</span><div aria-hidden="true">d</div>
                <template>e</template><noscript>f</noscript><!-- g --><textarea>h</textarea></body>""")).isEqualTo("Shown");
    }

    @Test
    void takes_out_what_terminals_obey_and_eyes_do_not_see() throws Exception {
        assertThat(text("<p>a\u001b[31mb\u202ec\u200bd</p>")).isEqualTo("a[31mbcd");
    }

    @Test
    void is_not_overwhelmed_by_depth() throws Exception {
        assertThat(text("<div>".repeat(50_000) + "deep")).isEqualTo("deep");
    }

    @Test
    void reads_the_characters_that_a_page_says_it_is_in() throws Exception {
        byte[] latin = "<meta charset=iso-8859-1><p>caf\u00e9</p>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(page("text/html", latin).text()).isEqualTo("caf\u00e9");
        assertThat(page("text/plain; charset=\"iso-8859-1\"", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1))
                        .text())
                .isEqualTo("caf\u00e9");
        assertThat(page("text/plain; charset=klingon", "x".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("x");
    }

    @Test
    void other_texts_are_as_they_are_and_what_is_none_is_not_shown() throws Exception {
        byte[] json = "{\"a\": 1}\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(page("application/problem+json", json).text()).isEqualTo("{\"a\": 1}\n");
        assertThat(page("", json).text()).isEqualTo("{\"a\": 1}\n");
        assertThat(find("application/pdf", json)).isEmpty();
        assertThat(find("image/png", json)).isEmpty();
        assertThat(find("", new byte[] {1, 0, 2})).isEmpty();
    }
}
