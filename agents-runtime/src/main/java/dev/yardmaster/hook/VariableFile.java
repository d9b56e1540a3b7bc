package dev.yardmaster.hook;

import dev.yardmaster.tool.builtin.ShellScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The file in which commands at the start leave variables for the commands of the agent: lines of shell such as {@code export
 * NODE_ENV=test}. A shell reads it, and what is other than before is what counts; functions and aliases are not.
 *
 * @param file empty to begin with
 */
public record VariableFile(Path file) {

    /** The variable by which commands find it. */
    public static final String NAME = "CLAUDE_ENV_FILE";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST = 200;
    private static final int LONGEST = 64 * 1024;
    private static final Pattern NAMES = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> OF_THE_SHELL = Set.of("_", "SHLVL", "PWD", "OLDPWD", NAME, CommandHandler.PROJECT);

    /** What hooks are told of it. */
    public Map<String, String> variables() {
        return Map.of(NAME, file.toString());
    }

    /**
     * What they left, by name. Blocks.
     *
     * @param folder where the shell runs
     * @throws IOException when a shell does not come to the end of it, or it is too much
     */
    public Map<String, String> read(Path folder) throws IOException, InterruptedException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return Map.of();
        }
        String before = "env -0; printf '\\0'; set -a; . \"$" + NAME + "\" > /dev/null 2>&1; env -0; printf '\\0'";
        ShellScript.Ended ended = new ShellScript(before, folder, variables(), "", TIMEOUT).run();
        List<String> entries = Arrays.asList(ended.out().split("\0", -1));
        int middle = entries.indexOf("");
        int end = entries.size() - 2; // what is printed last ends what is before it, and itself
        if (middle < 0 || end <= middle) {
            throw new IOException("a shell does not come to its end");
        }
        Map<String, String> then = variables(entries.subList(0, middle));
        var left = new TreeMap<>(variables(entries.subList(middle + 1, end)));
        left.entrySet().removeIf(each -> each.getValue().equals(then.get(each.getKey())));
        int size = left.values().stream()
                .mapToInt(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (left.size() > MOST || size > LONGEST) {
            throw new IOException("it has more than " + MOST + " variables or " + LONGEST + " bytes");
        }
        return left;
    }

    private static Map<String, String> variables(List<String> entries) {
        var all = new HashMap<String, String>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals);
            if (NAMES.matcher(name).matches() && !OF_THE_SHELL.contains(name)) {
                all.put(name, entry.substring(equals + 1));
            }
        }
        return all;
    }
}
