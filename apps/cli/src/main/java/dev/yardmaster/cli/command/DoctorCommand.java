package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.yardmaster.cli.command.Checkup.Finding;
import dev.yardmaster.cli.output.JsonLine;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is there and what is missing. */
@Command(
        name = "doctor",
        header = "Say what is there and what is missing: Java, settings, agents, models, programs",
        description = {
            "Looks and changes nothing. Exit code 1 when something is missing or wrong that tasks need.",
            "",
            "Example:",
            "  yardmaster doctor --try"
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Option(names = "--try", description = "Ask the model that tasks would go to for one word; costs a few tokens")
    private boolean trying;

    @Option(names = "--json", description = "What was found as one JSON object (docs/json.md)")
    private boolean json;

    DoctorCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new Checkup(common.caller(), trying).findings();
        boolean ok = findings.stream().noneMatch(each -> each.state() == Checkup.State.BAD);
        if (json) {
            common.caller().out().println(json(ok, findings));
        } else {
            show(findings);
        }
        return ok ? Exit.DONE : Exit.FAILED;
    }

    private static String json(boolean ok, List<Finding> findings) {
        var object = JsonNodeFactory.instance.objectNode().put("v", 1).put("ok", ok);
        var all = object.putArray("findings");
        findings.forEach(each -> all.addObject()
                .put("section", each.section())
                .put("state", each.state().name().toLowerCase(Locale.ROOT))
                .put("text", each.text()));
        return JsonLine.of(object);
    }

    private void show(List<Finding> findings) {
        Screen screen = common.screen();
        var paint = screen.paint();
        String section = "";
        for (Finding each : findings) {
            if (!each.section().equals(section)) {
                section = each.section();
                screen.line(paint.bold(section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1)));
            }
            String sign = switch (each.state()) {
                case GOOD -> paint.good("✓");
                case ABSENT -> paint.doubtful("–");
                case BAD -> paint.bad("✗");
            };
            List<String> lines = Columns.wrap(SafeText.of(each.text()), screen.width() - 4);
            screen.line("  " + sign + " " + (lines.isEmpty() ? "" : lines.getFirst()));
            lines.stream().skip(1).forEach(line -> screen.line("    " + line));
        }
    }
}
