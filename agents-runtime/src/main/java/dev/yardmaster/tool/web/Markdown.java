package dev.yardmaster.tool.web;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * A page of HTML as Markdown: headings, paragraphs, lists, tables, code, links. What a reader of the page would not see is
 * left out: scripts, styles, forms' controls, and what is hidden, which is where instructions for machines are put.
 */
final class Markdown implements NodeVisitor {

    /** What is no text, or is none of the page's. */
    static final String UNSEEN =
            "script, style, noscript, template, svg, iframe, object, canvas, input, select, textarea,"
                    + " button, [hidden], [aria-hidden=true], [style~=(?i)display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0]";

    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

    private final StringBuilder text = new StringBuilder();
    private int lists;
    private int pre;

    private Markdown() {}

    /** The text of an element from which what is unseen was taken. */
    static String of(Element element) {
        var markdown = new Markdown();
        element.traverse(markdown);
        return markdown.text.toString().strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            text(words);
        } else if (node instanceof Element element) {
            begin(element);
        }
    }

    private void text(TextNode words) {
        if (pre > 0) {
            text.append(words.getWholeText());
            return;
        }
        String plain = words.getWholeText().replaceAll("[\\s\\u00a0]+", " ");
        boolean atStart = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        text.append(atStart ? plain.stripLeading() : plain);
    }

    private void begin(Element element) {
        String name = element.normalName();
        if (HEADINGS.contains(name)) {
            paragraph();
            text.append("#".repeat(name.charAt(1) - '0')).append(' ');
            return;
        }
        switch (name) {
            case "ul", "ol" -> {
                if (lists == 0) {
                    paragraph();
                }
                lists++;
            }
            case "li" -> {
                line();
                text.append("  ".repeat(Math.clamp(lists - 1, 0, 10))).append(marker(element));
            }
            case "pre" -> {
                paragraph();
                text.append("```\n");
                pre++;
            }
            case "code" -> text.append(pre > 0 ? "" : "`");
            case "a" -> text.append(leads(element) ? "[" : "");
            case "img" -> {
                String alt = element.attr("alt").strip();
                text.append(alt.isEmpty() ? "" : "[image: " + alt + "]");
            }
            case "br" -> text.append('\n');
            case "hr" -> {
                paragraph();
                text.append("---");
                paragraph();
            }
            case "tr" -> {
                line();
                text.append("|");
            }
            case "td", "th" -> text.append(' ');
            case "blockquote" -> {
                paragraph();
                text.append("> ");
            }
            default -> separate(element);
        }
    }

    private static String marker(Element item) {
        Element list = item.parent();
        return list != null && list.normalName().equals("ol") ? item.elementSiblingIndex() + 1 + ". " : "- ";
    }

    /** Whether it is a link that can be followed from here, with words of its own. */
    private static boolean leads(Element link) {
        String target = link.absUrl("href");
        return (target.startsWith("http://") || target.startsWith("https://")) && link.hasText();
    }

    private void separate(Element element) {
        if (element.normalName().equals("p") && lists == 0
                || element.normalName().equals("table")) {
            paragraph();
        } else if (element.isBlock()) {
            line();
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        String name = element.normalName();
        switch (name) {
            case "ul", "ol" -> lists--;
            case "pre" -> {
                pre--;
                line();
                text.append("```");
                paragraph();
            }
            case "code" -> text.append(pre > 0 ? "" : "`");
            case "a" -> text.append(leads(element) ? "](" + element.absUrl("href") + ")" : "");
            case "td", "th" -> text.append(" |");
            case "tr" -> line();
            default -> {
                if (HEADINGS.contains(name) || name.equals("blockquote")) {
                    paragraph();
                } else {
                    separate(element);
                }
            }
        }
    }

    private void line() {
        trim();
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void paragraph() {
        line();
        int end = text.length();
        if (end > 1 && text.charAt(end - 2) != '\n') {
            text.append('\n');
        }
    }

    private void trim() {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }
}
