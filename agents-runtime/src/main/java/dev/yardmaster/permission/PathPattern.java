package dev.yardmaster.permission;

import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The specifier of a path rule, in gitignore's syntax: {@code //abs}, {@code ~/home}, {@code /rooted} and {@code rel/…} in
 * the workspace, a bare name at any depth. A pattern that matches a folder matches everything below it.
 */
final class PathPattern {

    private enum Base {
        FILE_SYSTEM,
        /** What begins with one slash. */
        FOLDER,
        WORKSPACE,
        ANYWHERE,
        OUTSIDE
    }

    private final Base base;
    private final GlobPattern itself;
    private final GlobPattern below;
    private final Optional<Path> folder;
    /** The longest part of it that is no wildcard. */
    private final String literal;

    private PathPattern(Base base, String glob) {
        this(base, GlobPattern.of(glob), GlobPattern.of(glob + "/**"), Optional.empty(), literal(glob));
    }

    private PathPattern(Base base, GlobPattern itself, GlobPattern below, Optional<Path> folder, String literal) {
        this.base = base;
        this.itself = itself;
        this.below = below;
        this.folder = folder;
        this.literal = literal;
    }

    private static String literal(String glob) {
        return Arrays.stream(glob.split("[*?{}\\[\\]/,]+"))
                .max(Comparator.comparing(String::length))
                .orElse("");
    }

    /** Whatever is outside the workspace. */
    static PathPattern outside() {
        return new PathPattern(Base.OUTSIDE, "**");
    }

    /** The same, counted from this folder where it would be from the workspace because it begins with one slash. */
    PathPattern from(Path other) {
        return new PathPattern(base, itself, below, Optional.of(other), literal);
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
            return new PathPattern(Base.FOLDER, text.substring(1));
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

    /** In a copy of a folder, a pattern that means a path there means the same path here. */
    boolean matches(Path absolute, Workspace workspace) {
        return base == Base.OUTSIDE
                ? !workspace.contains(absolute)
                : workspace.meant(absolute).stream().anyMatch(path -> matchesItself(path, workspace));
    }

    private boolean matchesItself(Path absolute, Workspace workspace) {
        return switch (base) {
            case FILE_SYSTEM -> matches(absolute.toString());
            case FOLDER -> matches(absolute, folder.orElse(workspace.root()));
            case WORKSPACE -> matches(absolute, workspace.root());
            case ANYWHERE ->
                matches(absolute, workspace.root())
                        || matches(absolute.toString().substring(1));
            case OUTSIDE -> !workspace.contains(absolute);
        };
    }

    private boolean matches(Path absolute, Path from) {
        return absolute.startsWith(from)
                && matches(from.relativize(absolute).toString().replace('\\', '/'));
    }

    private boolean matches(String path) {
        return itself.matches(path) || below.matches(path);
    }
}
