package dev.yardmaster.tool.builtin;

import java.util.Map;
import java.util.TreeMap;

/**
 * What keeps git from running anything but itself and from writing, in a command that only reads: no hooks, no monitor of
 * the file system, no pager, editor, signature check or credential helper, no connection, no refreshed index. The policy
 * lets no repository pass whose configuration names programs; this holds for what it may have overlooked, and for the
 * user's own configuration. ({@code git help git}, "Environment Variables"; {@code git help config}.)
 */
final class QuietGit {

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "core.hooksPath", "/dev/null",
            "core.fsmonitor", "false",
            "core.pager", "cat",
            "core.editor", "false",
            "core.sshCommand", "false",
            "core.askPass", "",
            "credential.helper", "",
            "gpg.program", "false",
            "log.showSignature", "false",
            "diff.autoRefreshIndex", "false"));

    static final Map<String, String> ENVIRONMENT = environment();

    private QuietGit() {}

    private static Map<String, String> environment() {
        var variables = new TreeMap<String, String>();
        int count = 0;
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            variables.put("GIT_CONFIG_KEY_" + count, setting.getKey());
            variables.put("GIT_CONFIG_VALUE_" + count, setting.getValue());
            count++;
        }
        variables.put("GIT_CONFIG_COUNT", String.valueOf(count));
        variables.put("GIT_ALLOW_PROTOCOL", "none");
        variables.put("GIT_OPTIONAL_LOCKS", "0");
        variables.put("GIT_NO_LAZY_FETCH", "1");
        return Map.copyOf(variables);
    }
}
