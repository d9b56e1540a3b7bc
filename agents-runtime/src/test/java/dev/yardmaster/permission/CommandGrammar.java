package dev.yardmaster.permission;

import dev.yardmaster.permission.Programs.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands of the programs that are known, with options that are and some that had better not be. */
final class CommandGrammar {

    private static final List<String> HARMFUL = List.of(
            "--output=@PWN@",
            "--output",
            "-o@PWN@",
            "-o",
            "-i",
            "-w",
            "-f",
            "-L",
            "-R",
            "--compress-program=./x.sh",
            "--ext-diff",
            "--textconv",
            "--no-index",
            "--files0-from=@SECRET@",
            "--file=@SECRET@",
            "-delete",
            "-exec ./x.sh ;",
            "-fls @PWN@",
            "-O./x.sh",
            "--open-files-in-pager=./x.sh",
            "--help",
            "--exec=./x.sh",
            "-c core.pager=./x.sh",
            "-s",
            "-d",
            "-x");

    private static final List<String> OPERANDS = List.of(
            "a.txt",
            "b.txt",
            "src",
            ".",
            "..",
            "sub",
            "sub/up",
            "link-file",
            "link-out",
            "dangling",
            "./x.sh",
            "evil.sed",
            "@SECRET@",
            "@PWN@",
            "HEAD~1",
            "HEAD",
            "-",
            "'w @PWN@'",
            "'s/a/b/w @PWN@'",
            "'1e touch @PWN@'",
            "'p;w @PWN@'",
            "'s/.*/touch x/e'",
            "+%F",
            "'a[$(touch @PWN@)]'",
            "5",
            "a",
            ".git/config",
            "new/deep",
            "'*'",
            "''");

    private static final List<String> WORDS =
            List.of("find", "echo", "printf", "test", "cd", "sed", "git", "cat", "cp", "mv");

    private final Random random;
    private final List<String> names;

    CommandGrammar(Random random) {
        this.random = random;
        this.names = Programs.names();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String command() {
        String name = random.nextInt(6) == 0 ? any(WORDS) : any(names);
        var words = new ArrayList<String>(List.of(name));
        Program program = Programs.find(name).orElse(null);
        for (int i = random.nextInt(5); i > 0; i--) {
            words.add(program == null || random.nextInt(4) == 0 ? any(HARMFUL) : option(program));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            words.add(
                    random.nextInt(words.size()) + 1 > words.size() - 1
                            ? words.size()
                            : 1 + random.nextInt(words.size()),
                    any(OPERANDS));
        }
        return String.join(" ", words);
    }

    private String option(Program program) {
        var all = new ArrayList<>(program.flags());
        all.addAll(program.valued());
        all.addAll(program.attached());
        if (all.isEmpty()) {
            return any(HARMFUL);
        }
        all.sort(null);
        String option = any(all);
        return switch (random.nextInt(5)) {
            case 0 -> option + "=" + any(OPERANDS);
            case 1 -> option + any(OPERANDS);
            case 2 -> option + " " + any(OPERANDS);
            case 3 -> option + any(all).replaceFirst("^--?", "");
            default -> option;
        };
    }
}
