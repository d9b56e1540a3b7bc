package dev.yardmaster.permission;

import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Files and folders that make other programs run code, or that this one stores its records in: never changed without
 * asking, in any mode, whether they exist or not, without regard to case.
 */
final class ProtectedPaths {

    private static final Set<String> FOLDERS = Set.of(
            ".git",
            ".vscode",
            ".idea",
            ".husky",
            ".cargo",
            ".devcontainer",
            ".yarn",
            ".mvn",
            ".claude",
            ".yardmaster",
            ".ssh",
            ".gnupg",
            ".github",
            ".agent");

    private static final Set<String> FILES = Set.of(
            ".gitconfig",
            ".gitmodules",
            ".gitattributes",
            ".bashrc",
            ".bash_profile",
            ".bash_login",
            ".bash_aliases",
            ".bash_logout",
            ".zshrc",
            ".zprofile",
            ".zshenv",
            ".zlogin",
            ".zlogout",
            ".profile",
            ".envrc",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            ".pnp.cjs",
            ".pnp.loader.mjs",
            ".pnpmfile.cjs",
            "bunfig.toml",
            ".bunfig.toml",
            ".bazelrc",
            ".bazelversion",
            ".bazeliskrc",
            ".pre-commit-config.yaml",
            "lefthook.yml",
            "lefthook.yaml",
            ".lefthook.yml",
            ".lefthook.yaml",
            "gradle-wrapper.properties",
            "maven-wrapper.properties",
            ".devcontainer.json",
            ".ripgreprc",
            "pyrightconfig.json",
            ".mcp.json",
            ".claude.json",
            "conftest.py",
            "sitecustomize.py",
            "yardmaster.yml");

    private ProtectedPaths() {}

    /** The protected name that a path holds, by either end of a link. */
    static Optional<String> find(ResolvedPath path, Workspace workspace) {
        return find(path.written(), workspace).or(() -> find(path.target(), workspace));
    }

    private static Optional<String> find(Path path, Workspace workspace) {
        Path looked = workspace.contains(path) ? workspace.root().relativize(path) : path;
        String before = "";
        for (Path each : looked) {
            String name = each.toString().toLowerCase(Locale.ROOT);
            boolean config = before.equals(".config") && name.equals("git");
            if (FOLDERS.contains(name) || FILES.contains(name) || config) {
                return Optional.of(each.toString());
            }
            before = name;
        }
        return Optional.empty();
    }
}
