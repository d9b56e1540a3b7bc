package dev.yardmaster.permission;

import java.util.List;
import java.util.Optional;

/** Which of git's commands its arguments mean: many list when they are given nothing, and change something otherwise. */
final class GitCommand {

    private GitCommand() {}

    /** @param arguments those after {@code git}, the command first; empty for what is not known to be harmless */
    static Optional<Invocation> read(List<String> arguments) {
        String name = "git " + arguments.getFirst();
        List<String> rest = arguments.subList(1, arguments.size());
        return listing(name, rest).or(() -> Programs.read(name, rest)).filter(call -> isHarmless(name, call));
    }

    /** A stash or a worktree is listed when that is said; a branch, a tag or a remote when nothing is named. */
    private static Optional<Invocation> listing(String name, List<String> rest) {
        if (name.matches("git (?:stash|worktree)")) {
            return rest.isEmpty()
                    ? Optional.empty()
                    : Programs.read(name + " " + rest.getFirst(), rest.subList(1, rest.size()));
        }
        return Programs.read(name + " list", rest)
                .filter(call -> call.operands().isEmpty());
    }

    /**
     * A reflog is shown unless it is said what else is to be done with it; signatures are checked by another program; what
     * is fetched and pushed goes by a remote's name, not to whatever address is given.
     */
    private static boolean isHarmless(String name, Invocation call) {
        boolean shown = !name.equals("git reflog")
                || call.operands().isEmpty()
                || call.operands().getFirst().equals("show")
                || !call.operands().getFirst().matches("[a-z]+");
        boolean known = !name.matches("git (?:push|fetch|pull)")
                || call.operands().isEmpty()
                || call.operands().getFirst().matches("[A-Za-z0-9._/-]+");
        return shown && known && call.values().stream().noneMatch(value -> value.contains("%G"));
    }
}
