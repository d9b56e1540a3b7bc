package dev.yardmaster.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the keys of front matter: strictly if YAML accepts it, else up to where it plainly ends, else tolerantly. */
final class FrontMatterReader {

    /**
     * @param fields the keys with their values, in the file's order
     * @param body the lines of the prompt
     * @param bodyLine the number in the file of the first of them
     * @param strict whether YAML accepted the front matter as it stands
     */
    record Result(Map<String, Field> fields, List<String> body, int bodyLine, boolean strict) {}

    private final FrontMatter block;
    private final Findings findings;

    private FrontMatterReader(FrontMatter block, Findings findings) {
        this.block = block;
        this.findings = findings;
    }

    static Result read(FrontMatter block, Findings findings) {
        return new FrontMatterReader(block, findings).read();
    }

    private Result read() {
        YamlRefusal refusal = new YamlRefusal(FilePosition.line(block.firstLine() - 1), "it is not closed");
        if (block.closed()) {
            try {
                return checked(result(strictly(block.lines()), true));
            } catch (YamlRefusal refused) {
                refusal = refused;
            }
        }
        OptionalInt heading = BlockEnd.heading(block.lines(), block.closed());
        if (heading.isPresent()) {
            return endedByHeading(heading.getAsInt());
        }
        Result result = result(tolerantly(block.lines(), refusal), false);
        if (!block.closed() && result.fields().containsKey(AgentKeys.NAME)) {
            findings.error(
                    refusal.at(),
                    "front-matter-unclosed",
                    "the front matter that opens here is never closed",
                    "put a line '---' after its last key");
        }
        return checked(result);
    }

    private Result result(Map<String, Field> fields, boolean strict) {
        int bodyLine = block.lineInFile(block.lines().size()) + (block.closed() ? 1 : 0);
        return new Result(fields, block.body(), bodyLine, strict);
    }

    private Result endedByHeading(int heading) {
        FilePosition at = FilePosition.line(block.lineInFile(heading));
        findings.warning(
                at,
                "front-matter-unclosed",
                "the front matter is not closed; it is taken to end before this heading",
                "put a line '---' before the heading");
        List<String> keys = block.lines().subList(0, heading);
        List<String> swallowed = block.lines().subList(heading, block.lines().size());
        Map<String, Field> fields;
        try {
            fields = strictly(keys);
        } catch (YamlRefusal refusal) {
            fields = tolerantly(keys, refusal);
        }
        for (String limit : AgentKeys.LIMITS) {
            OptionalInt line = BlockEnd.keyInText(swallowed, limit, false);
            if (line.isPresent() && !fields.containsKey(limit)) {
                lost(limit, at.line() + line.getAsInt());
            }
        }
        List<String> body = new ArrayList<>(swallowed);
        if (block.closed()) {
            body.add("---");
            body.addAll(block.body());
        }
        return new Result(fields, body, at.line(), false);
    }

    /** YAML's reading, unless it took a line that limits the agent for part of something else. */
    private Map<String, Field> strictly(List<String> lines) throws YamlRefusal {
        Map<String, Field> fields = StrictYaml.read(String.join("\n", lines), FilePosition.line(block.firstLine()));
        refuseMarkdown(fields, lines);
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> limit = KeyLine.of(lines.get(i)).map(KeyLine::key).filter(AgentKeys.LIMITS::contains);
            if (limit.isPresent() && !fields.containsKey(limit.get())) {
                throw new YamlRefusal(
                        FilePosition.line(block.lineInFile(i)),
                        "the line " + Quoted.of(limit.get()) + " belongs to the value before it");
            }
        }
        return fields;
    }

    /** To YAML a heading is a comment and {@code What I do: tests} is a key; below a heading it is neither. */
    private void refuseMarkdown(Map<String, Field> fields, List<String> lines) throws YamlRefusal {
        int heading = 0;
        while (heading < lines.size()
                && !BlockEnd.HEADING.matcher(lines.get(heading)).matches()) {
            heading++;
        }
        for (Field field : fields.values()) {
            boolean sentence = field.key().strip().indexOf(' ') >= 0;
            if (sentence && field.at().line() - block.firstLine() > heading) {
                throw new YamlRefusal(field.at(), "a sentence below a heading");
            }
        }
    }

    private Map<String, Field> tolerantly(List<String> lines, YamlRefusal refusal) {
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        List<String> flush = lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
        Map<String, Field> fields =
                new TolerantReader(flush, new FilePosition(block.firstLine(), 1 + indent), findings).read();
        if (refusal.isLimit()) {
            findings.error(
                    refusal.at(),
                    "yaml-limit",
                    "the front matter is more than is read of YAML: " + refusal.getMessage(),
                    "write plain keys with plain values; no agent file needs more");
            return fields;
        }
        findings.warning(
                refusal.at(),
                "yaml-tolerated",
                "the front matter is not YAML (" + refusal.getMessage() + ") and was read line by line",
                "put values that hold ': ' in quotes, or write 'description: |' and the text indented below it");
        return fields;
    }

    /** A limit just below the closing line was meant to be above it. */
    private Result checked(Result result) {
        for (String limit : AgentKeys.LIMITS) {
            OptionalInt line = BlockEnd.keyInText(result.body(), limit, true);
            if (line.isPresent() && !result.fields().containsKey(limit)) {
                lost(limit, result.bodyLine() + line.getAsInt());
            }
        }
        return result;
    }

    private void lost(String limit, int line) {
        findings.error(
                FilePosition.line(line),
                AgentDefinitionReader.unreadable(limit),
                Quoted.of(limit) + " stands here, after the end of the front matter",
                "move the line up, before the '---' that closes the front matter");
    }
}
