package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines as markdown: how many times ours each library takes, and in brackets the value itself. */
final class Table {

    private static final Map<String, List<Contender>> COLUMNS = columns();

    private Table() {}

    private static Map<String, List<Contender>> columns() {
        var columns = new LinkedHashMap<String, List<Contender>>();
        columns.put("Yardmaster", List.of(Contender.YARDMASTER, Contender.YARDMASTER_READS));
        columns.put("plain Java", List.of(Contender.PLAIN));
        columns.put("langchain4j-agentic · AiServices", List.of(Contender.LANGCHAIN4J, Contender.LANGCHAIN4J_SERVICE));
        columns.put("ADK · with virtual threads", List.of(Contender.ADK, Contender.ADK_THREADS));
        columns.put(
                "langgraph4j · with virtual threads", List.of(Contender.LANGGRAPH4J, Contender.LANGGRAPH4J_THREADS));
        return columns;
    }

    static String of(List<Line> lines) {
        var table = new StringBuilder("| | to reach |");
        COLUMNS.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|---|").append("---|".repeat(COLUMNS.size())).append('\n');
        for (Line line : lines) {
            table.append("| ").append(line.title());
            table.append(line.isRatio() ? "" : ", " + line.unit());
            table.append(" | ").append(line.reach()).append(" |");
            COLUMNS.values()
                    .forEach(column ->
                            table.append(' ').append(cell(line, column)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(Line line, List<Contender> column) {
        var parts = new ArrayList<String>();
        for (Contender each : column) {
            if (line.figures().containsKey(each)) {
                parts.add(figure(line, each));
            }
        }
        return parts.isEmpty() ? "–" : String.join(" · ", parts);
    }

    private static String figure(Line line, Contender contender) {
        return switch (line.figures().get(contender)) {
            case Line.Figure.None none -> none.why();
            case Line.Figure.Value measured -> {
                double value = measured.value();
                if (line.isRatio()) {
                    yield number(value, 3);
                }
                if (contender == Contender.YARDMASTER) {
                    yield "**" + number(value, 3) + "**";
                }
                yield line.figures().get(Contender.YARDMASTER) instanceof Line.Figure.Value ours
                        ? "× " + number(value / ours.value(), 2) + " (" + number(value, 3) + ")"
                        : "(" + number(value, 3) + ")";
            }
        };
    }

    static String number(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
        return value >= 1_000
                ? "%,d".formatted(rounded.longValue())
                : rounded.stripTrailingZeros().toPlainString();
    }
}
