package dev.yardmaster.permission;

import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The specifier of a path rule, in gitignore's syntax: {@code //abs}, {@code ~/home}, {@code /rooted} and {@code rel/…} in
 * the workspace, a bare name at any depth. A pattern that matches a folder matches everything below it.
 */
final class PathPattern {

    private enum Base {
        FILE_SYSTEM,
        WORKSPACE,
        ANYWHERE
    }

    private final Base base;
    private final GlobPattern itself;
    private final GlobPattern below;
    /** The longest part of it that is no wildcard. */
    private final String literal;

    private PathPattern(Base base, String glob) {
        this.base = base;
        this.literal = Arrays.stream(glob.split("[*?{}\\[\\]/,]+"))
                .max(Comparator.comparing(String::length))
                .orElse("");
        this.itself = GlobPattern.of(glob);
        this.below = GlobPattern.of(glob + "/**");
    }

    /**
     * @param wide whether the rule restricts: then a pattern such as {@code src/**} or a bare name means every folder,
     *     while a rule that allows means the one in the workspace
     */
    static PathPattern of(String specifier, boolean wide) {
        String text = specifier.strip();
        if (text.startsWith("//")) {
            return new PathPattern(Base.FILE_SYSTEM, text.substring(1));
        }
        if (text.equals("~") || text.startsWith("~/")) {
            return new PathPattern(Base.FILE_SYSTEM, System.getProperty("user.home") + text.substring(1));
        }
        if (text.startsWith("/")) {
            return new PathPattern(Base.WORKSPACE, text.substring(1));
        }
        String relative = text.startsWith("./") ? text.substring(2) : text;
        String path = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
        boolean bare = !path.contains("/");
        boolean single =
                path.endsWith("/**") && !path.substring(0, path.length() - 3).contains("/");
        boolean atAnyDepth = !path.startsWith("**") && (bare || wide && single);
        return new PathPattern(wide ? Base.ANYWHERE : Base.WORKSPACE, atAnyDepth ? "**/" + path : path);
    }

    /** Whether a command that goes by other ways than its words may mean what this does: a name of it occurs there. */
    boolean isNamedIn(String command) {
        return literal.length() > 2 && command.contains(literal);
    }

    boolean matches(Path absolute, Workspace workspace) {
        return switch (base) {
            case FILE_SYSTEM -> matches(absolute.toString());
            case WORKSPACE -> workspace.contains(absolute) && matches(inside(absolute, workspace));
            case ANYWHERE ->
                workspace.contains(absolute) && matches(inside(absolute, workspace))
                        || matches(absolute.toString().substring(1));
        };
    }

    private static String inside(Path absolute, Workspace workspace) {
        return workspace.root().relativize(absolute).toString().replace('\\', '/');
    }

    private boolean matches(String path) {
        return itself.matches(path) || below.matches(path);
    }
}
