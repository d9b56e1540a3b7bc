package dev.yardmaster.diagram;

import dev.yardmaster.graph.Graph;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a picture as a Mermaid flowchart. */
final class Mermaid {

    private final StringBuilder out = new StringBuilder("flowchart TD\n");
    private final StringBuilder marks = new StringBuilder();
    private int ids;
    private boolean marked;

    Mermaid(Picture picture) {
        write(picture, "  ");
        out.append(marks);
        if (marked) {
            out.append("  classDef completed fill:#d5f0d5,stroke:#2e7d32,color:#000\n")
                    .append("  classDef running fill:#fff3c4,stroke:#b7791f,color:#000\n")
                    .append("  classDef failed fill:#fbd5d5,stroke:#c62828,color:#000\n");
        }
    }

    String text() {
        return out.toString();
    }

    private void write(Picture picture, String indent) {
        Map<String, String> known = new HashMap<>();
        for (Picture.Node node : picture.nodes()) {
            known.put(node.name(), write(node, indent));
        }
        String start = "s" + ids++;
        line(indent, start + "(( )) --> " + known.get(picture.start()));
        for (Picture.Arrow arrow : picture.edges()) {
            String to = known.computeIfAbsent(arrow.to(), name -> end(indent));
            line(indent, known.get(arrow.from()) + (arrow.kind().equals("plain") ? " --> " : " -.-> ") + to);
        }
    }

    private String end(String indent) {
        String id = "e" + ids++;
        line(indent, id + "(((" + Graph.END + ")))");
        return id;
    }

    private String write(Picture.Node node, String indent) {
        String id = "n" + ids++;
        String label = "\"" + label(node) + "\"";
        if (node.inner().isPresent()) {
            line(indent, "subgraph " + id + "[" + label + "]");
            write(node.inner().get(), indent + "  ");
            line(indent, "end");
        } else {
            line(indent, id + shape(node.kind(), label));
        }
        node.run().ifPresent(run -> {
            marked = true;
            marks.append("  class ").append(id).append(' ').append(run.status()).append('\n');
        });
        return id;
    }

    private static String shape(String kind, String label) {
        return switch (kind) {
            case "forEach" -> "[[" + label + "]]";
            case "agent" -> "([" + label + "])";
            default -> "[" + label + "]";
        };
    }

    private static String label(Picture.Node node) {
        String name = escaped(node.name()) + (node.kind().equals("forEach") ? " #40;each#41;" : "");
        return node.run()
                .map(run -> name + "<br/>" + run.status()
                        + (run.executions() > 1 ? ", " + run.executions() + " times" : "") + ", " + time(run.millis()))
                .orElse(name);
    }

    private static String time(long millis) {
        return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }

    /** Letters, digits and blanks as they are, everything else as the number of its character. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '_') {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }
}
