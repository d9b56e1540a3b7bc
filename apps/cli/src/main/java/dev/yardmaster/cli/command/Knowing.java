package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.knowledge.Instructions;
import dev.yardmaster.knowledge.Knowledge;
import dev.yardmaster.knowledge.Memory;
import dev.yardmaster.knowledge.Skills;
import dev.yardmaster.tool.builtin.BuiltinTools;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the agents of a task are handed besides it: instructions, skills and their memory, of the project and of the caller. */
final class Knowing {

    private static final String CLAUDE = ".claude";
    private static final String SKILLS = "skills";

    private Knowing() {}

    static Knowledge of(Caller caller, Settings settings, Path workspace) {
        Knowledge rest = Knowledge.none()
                .with(skills(caller, workspace))
                .with(new Memory(caller.home(), settings.memoryUnasked()));
        return settings.instructions() ? rest.with(Instructions.of(workspace).withHome(caller.home())) : rest;
    }

    /** Those of the workspace and of the folders above it, up to the repository's root, then the caller's own. */
    static Skills skills(Caller caller, Path workspace) {
        Skills all = Skills.none();
        for (Path folder : upwards(workspace)) {
            all = all.or(Skills.in(folder.resolve(CLAUDE).resolve(SKILLS)));
        }
        return all.or(Skills.ofOwn(caller.home().resolve(CLAUDE).resolve(SKILLS)));
    }

    private static List<Path> upwards(Path workspace) {
        var upwards = new ArrayList<Path>();
        for (Path each = workspace.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            upwards.add(each);
            if (Files.exists(each.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return upwards;
            }
        }
        return List.of(workspace);
    }

    /** The names of all tools that agents can be given here; some need something to be there. */
    static List<String> tools() {
        var names = new ArrayList<>(BuiltinTools.all().answersTo());
        names.add("Skill");
        return names;
    }
}
