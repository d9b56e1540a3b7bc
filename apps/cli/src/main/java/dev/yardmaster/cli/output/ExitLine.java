package dev.yardmaster.cli.output;

import java.util.Optional;
import java.util.regex.Pattern;

/** The last line of a shell command's result, which tells of an exit code other than 0. */
final class ExitLine {

    private static final Pattern LAST = Pattern.compile("(?:^|\\n)exit code: (\\d{1,3})\\s*$");

    private ExitLine() {}

    static Optional<Integer> find(String result) {
        var matcher = LAST.matcher(result);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}
