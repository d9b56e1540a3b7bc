package dev.yardmaster.permission;

import java.util.List;
import java.util.Random;

/**
 * Makes other commands of a command, by what shells and programs have to say the same or something else: quoting,
 * expansions, wrappers, lists, redirections, options, other paths to the same file. Same random numbers, same command.
 */
final class CommandMutator {

    private static final List<String> PWNED = List.of(
            "@PWN@",
            "../out/pwned",
            "link-out/pwned",
            "sub/up/out/pwned",
            "./sub/../../out/pwned",
            "@WS@/../out/pwned",
            "/proc/self/cwd/../out/pwned",
            "dangling",
            "chain/pwned",
            "//@PWN@",
            "..//out/./pwned",
            "$OLDPWD../out/pwned",
            "~/../out/pwned",
            "a.txt",
            "src/new",
            ".git/hooks/post-index-change");

    private static final List<String> SECRETS = List.of(
            "@SECRET@",
            "link-file",
            "link2",
            "../out/secret.txt",
            "link-out/secret.txt",
            "chain/secret.txt",
            "sub/up/out/secret.txt",
            "@WS@-evil/secret.txt",
            "@HOME@/.ssh/id_rsa",
            "~/.ssh/id_rsa",
            "../*/secret.txt",
            "../ou?/secret.txt",
            "../{out,x}/secret.txt",
            "-",
            "a.txt",
            "src");

    private static final List<String> WRAPPERS = List.of(
            "timeout 5 %s",
            "nice %s",
            "env %s",
            "env -i %s",
            "command %s",
            "builtin %s",
            "nohup %s",
            "time %s",
            "setsid %s",
            "stdbuf -o0 %s",
            "ionice -c3 %s",
            "exec %s",
            "eval %s",
            "eval '%s'",
            "bash -c '%s'",
            "sh -c \"%s\"",
            "echo a | xargs -I{} %s",
            "xargs -a a.txt %s",
            "find . -maxdepth 0 -exec %s ;",
            "(%s)",
            "{ %s; }",
            "! %s",
            "$(%s)",
            "`%s`",
            "echo $(%s)",
            "echo \"$(%s)\"",
            "echo \"`%s`\"",
            "cat <(%s)",
            "cat <<< \"$(%s)\"",
            "cat << X\n$(%s)\nX",
            "cat << 'X'\n%s\nX\n%s",
            "if %s; then :; fi",
            "if true; then %s; fi",
            "while %s; do break; done",
            "for i in 1; do %s; done",
            "f() { %s; }; f",
            "coproc %s",
            "%s &",
            "%s | cat",
            "cat a.txt | %s",
            "echo ${x:-$(%s)}",
            "echo $((a[$(%s)]))",
            "trap '%s' EXIT",
            "x=$(%s)",
            "case a in a) %s;; esac",
            "cd src && %s",
            "cd sub && %s",
            "cd sub/up && %s",
            "cd link-out && %s",
            "cd .git && %s",
            "cd -P sub/up; %s",
            "git -c alias.x='!%s' x",
            "GIT_PAGER='%s' git -p log",
            "PAGER='%s' git -p log",
            "BASH_ENV=a.txt %s",
            "PATH=@WS@:$PATH %s",
            "PATH=@WS@/bin:$PATH; %s",
            "X=1 %s",
            "IFS=x; %s",
            "alias ls='%s'; ls");

    private static final List<String> JOINTS =
            List.of("; ", " && ", " || ", " | ", " |& ", " & ", "\n", ";", "&&", "\r", " ;\n");

    private static final List<String> BENIGN = List.of(
            "ls",
            "cat a.txt",
            "echo hello",
            "git status",
            "true",
            "false",
            "pwd",
            "cd src",
            "grep -n a a.txt",
            "head -1 b.txt");

    private static final List<String> TAILS = List.of(
            " > @PWN@",
            " >> @PWN@",
            " >| @PWN@",
            " &> @PWN@",
            " &>> @PWN@",
            " >& @PWN@",
            " 2> @PWN@",
            " 1>@PWN@",
            " <> @PWN@",
            " > $(echo @PWN@)",
            " {fd}> @PWN@",
            " 7> @PWN@ 1>&7",
            " < @SECRET@",
            " < a.txt > @PWN@",
            " | tee @PWN@",
            " | sed 's/.*/touch @PWN@/e'",
            " | sh",
            " > /dev/null",
            " 2>&1",
            " # comment",
            " @SECRET@",
            " -- @SECRET@",
            " @PWN@",
            " --output=@PWN@",
            " --output @PWN@",
            " -o @PWN@",
            " -o@PWN@",
            " -exec touch @PWN@ ;",
            " -delete",
            " -fprint @PWN@",
            " -i",
            " -f @SECRET@",
            " -L",
            " -R",
            " --files0-from=@SECRET@",
            " -e 'w @PWN@'",
            " --ext-diff",
            " --no-index a.txt @SECRET@");

    private static final String ODD = " \t\n\r\u000b\u00a0\u2003\u200b'\"\\$`;|&<>(){}*?[]~#!=^%@,:./-0aeEwtx\u0001";

    private final Random random;

    CommandMutator(Random random) {
        this.random = random;
    }

    String mutate(String command, int times) {
        String text = command;
        for (int i = 0; i < times && text.length() < 2_000; i++) {
            text = once(text);
        }
        return text;
    }

    /** Which path a token stands for. */
    String place(String text) {
        String placed = text;
        while (placed.contains("@PWN@") && random.nextInt(3) > 0) {
            placed = replaceFirst(placed, "@PWN@", any(PWNED).replace("@PWN@", "\0"));
        }
        while (placed.contains("@SECRET@") && random.nextInt(3) > 0) {
            placed = replaceFirst(placed, "@SECRET@", any(SECRETS).replace("@SECRET@", "\1"));
        }
        return placed.replace("\0", "@PWN@").replace("\1", "@SECRET@");
    }

    private static String replaceFirst(String text, String token, String by) {
        int at = text.indexOf(token);
        return text.substring(0, at) + by + text.substring(at + token.length());
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String once(String text) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> any(WRAPPERS).replace("%s", text);
            case 2 -> any(BENIGN) + any(JOINTS) + text;
            case 3 -> text + any(JOINTS) + any(BENIGN);
            case 4, 5 -> text + any(TAILS);
            case 6 -> quoted(text);
            case 7 -> inserted(text, ODD.charAt(random.nextInt(ODD.length())));
            case 8 -> removed(text);
            case 9 -> spaced(text);
            case 10 -> word(text, this::spelled);
            case 11 ->
                word(
                        text,
                        word -> word.startsWith("--") && word.length() > 5
                                ? word.substring(0, word.length() - 2)
                                : word + " " + any(TAILS).strip());
            case 12 -> swapped(text);
            default -> joined(text);
        };
    }

    private interface Change {
        String of(String word);
    }

    /** Changes one word, blanks being what parts them. */
    private String word(String text, Change change) {
        String[] words = text.split(" ", -1);
        int at = random.nextInt(words.length);
        words[at] = change.of(words[at]);
        return String.join(" ", words);
    }

    /** The same word in other characters, for the shell. */
    private String spelled(String word) {
        if (word.isEmpty() || word.contains("'") || word.contains("\"")) {
            return word;
        }
        int at = random.nextInt(word.length());
        String head = word.substring(0, at);
        String tail = word.substring(at);
        return switch (random.nextInt(9)) {
            case 0 -> "'" + word + "'";
            case 1 -> "\"" + word + "\"";
            case 2 -> head + "''" + tail;
            case 3 -> head + "\\" + tail;
            case 4 -> head + "\\\n" + tail;
            case 5 -> "$'" + word + "'";
            case 6 -> head + "$'\\x" + Integer.toHexString(tail.charAt(0)) + "'" + tail.substring(1);
            case 7 -> "{" + word + ",}";
            default -> head + "${x}" + tail;
        };
    }

    private String quoted(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = from + random.nextInt(text.length() + 1 - from);
        String quote = random.nextBoolean() ? "'" : "\"";
        return text.substring(0, from) + quote + text.substring(from, to) + quote + text.substring(to);
    }

    private String inserted(String text, char c) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + c + text.substring(at);
    }

    private String removed(String text) {
        if (text.length() < 2) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + text.substring(at + 1);
    }

    private String spaced(String text) {
        String blank = any(List.of("\t", "  ", "\n", "\r", "\u000b", "\u00a0", "$IFS", "${IFS}", "\\\n", "\f"));
        int at = text.indexOf(' ', random.nextInt(text.length() + 1));
        return at < 0 ? text + blank : text.substring(0, at) + blank + text.substring(at + 1);
    }

    private String swapped(String text) {
        String[] words = text.split(" ", -1);
        int one = random.nextInt(words.length);
        int other = random.nextInt(words.length);
        String kept = words[one];
        words[one] = words[other];
        words[other] = kept;
        return String.join(" ", words);
    }

    /** Two words in one, or an option and its value with {@code =}. */
    private String joined(String text) {
        int at = text.indexOf(' ', random.nextInt(text.length() + 1));
        return at < 0 ? text : text.substring(0, at) + (random.nextBoolean() ? "=" : "") + text.substring(at + 1);
    }
}
