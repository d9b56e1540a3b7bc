package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The small languages in arguments: which {@code find} expressions, {@code sed} scripts and formats do no more than read. */
final class Scripts {

    private static final Set<String> FIND_ALONE = Set.of(
            "-print",
            "-print0",
            "-prune",
            "-empty",
            "-not",
            "-o",
            "-or",
            "-a",
            "-and",
            "!",
            "(",
            ")",
            "-depth",
            "-mount",
            "-xdev",
            "-readable",
            "-writable",
            "-executable",
            "-true",
            "-false",
            "-nouser",
            "-nogroup",
            "-daystart",
            "-quit",
            "-ls",
            "-noleaf",
            "-P");

    private static final Set<String> FIND_VALUED = Set.of(
            "-name",
            "-iname",
            "-path",
            "-ipath",
            "-wholename",
            "-type",
            "-size",
            "-mtime",
            "-mmin",
            "-atime",
            "-amin",
            "-ctime",
            "-cmin",
            "-newer",
            "-anewer",
            "-cnewer",
            "-maxdepth",
            "-mindepth",
            "-regex",
            "-iregex",
            "-regextype",
            "-user",
            "-group",
            "-perm",
            "-links",
            "-newermt",
            "-printf",
            "-uid",
            "-gid",
            "-inum",
            "-samefile");

    private static final Pattern SED = Pattern.compile(
            "(?:(?:[0-9]+|\\$)(?:~[0-9]+)?|(?:/[^/\\\\\\n]*/))?(?:,(?:\\+?[0-9]+|\\$|/[^/\\\\\\n]*/))?\\s*!?\\s*"
                    + "(?:[pdq=]|s(?:/(?:[^/\\\\\\n]|\\\\[^\\n])*/(?:[^/\\\\\\n]|\\\\[^\\n])*/|\\|(?:[^|\\\\\\n]|\\\\[^\\n])*\\|(?:[^|\\\\\\n]|\\\\[^\\n])*\\|)[gpiI0-9]*)");

    /** Programs a format or an argument may have assign a variable, whose subscript is evaluated. */
    private static final Pattern ASSIGNS = Pattern.compile("(?s).*%[^a-zA-Z%]*n.*");

    private static final Map<String, Pattern> TEST =
            Map.of("unary", Pattern.compile("-[bcdefghkprsuwxzLNOSn]"), "other", Pattern.compile("[^\\[\\]]*"));

    private Scripts() {}

    static boolean isReadingFind(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (FIND_VALUED.contains(word)) {
                if (++i == arguments.size()) {
                    return false;
                }
            } else if (word.startsWith("-") && !FIND_ALONE.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Commands that print, delete from the output, quit or substitute; one, or several separated by semicolons. */
    static boolean isReadingSed(String script) {
        for (String command : script.split(";", -1)) {
            if (!SED.matches(command.strip())) {
                return false;
            }
        }
        return true;
    }

    static boolean isReadingPrintf(List<String> arguments) {
        return arguments.isEmpty() || !arguments.getFirst().startsWith("-") && !ASSIGNS.matches(arguments.getFirst());
    }

    /** Everything but {@code -v} and {@code -R}, and what could be an arithmetic subscript. */
    static boolean isReadingTest(List<String> arguments) {
        return arguments.stream()
                .allMatch(word -> TEST.get("other").matches(word)
                        && (!word.startsWith("-")
                                || TEST.get("unary").matches(word)
                                || Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "-a", "-o")
                                        .contains(word)));
    }
}
