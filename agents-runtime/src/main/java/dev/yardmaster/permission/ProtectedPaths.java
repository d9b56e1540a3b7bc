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
            ".circleci",
            ".cursor",
            ".windsurf",
            ".zed",
            ".fleet",
            ".continue",
            ".codex",
            ".gemini",
            ".opencode",
            ".aws",
            ".kube",
            ".docker",
            ".direnv",
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
            "claude.md", // what agents are handed in every task: what is written there outlives the run
            "claude.local.md",
            "agents.md",
            ".claude.json",
            ".aider.conf.yml",
            ".gitlab-ci.yml",
            ".netrc",
            ".pypirc",
            ".exrc",
            ".vimrc",
            ".nvim.lua",
            ".inputrc",
            ".tmux.conf",
            ".gdbinit",
            ".lldbinit",
            ".rprofile",
            ".irbrc",
            ".pryrc",
            ".tool-versions",
            "jenkinsfile",
            "mvnw",
            "mvnw.cmd",
            "gradlew",
            "gradlew.bat",
            "conftest.py",
            "sitecustomize.py",
            "usercustomize.py",
            "yardmaster.yml");

    private ProtectedPaths() {}

    /** The protected name that a path holds, by either end of a link. */
    static Optional<String> find(ResolvedPath path, Workspace workspace) {
        return find(path.written(), workspace).or(() -> find(path.target(), workspace));
    }

    /** Whether none of these names is one. */
    static boolean areFree(Path names) {
        return find(names).isEmpty();
    }

    private static Optional<String> find(Path path, Workspace workspace) {
        return find(
                workspace.folder(path).map(folder -> folder.relativize(path)).orElse(path));
    }

    private static Optional<String> find(Path looked) {
        String before = "";
        for (Path each : looked) {
            String name = each.toString().toLowerCase(Locale.ROOT);
            if (FOLDERS.contains(name) || FILES.contains(name) || isProtectedIn(before, name)) {
                return Optional.of(each.toString());
            }
            before = name;
        }
        return Optional.empty();
    }

    /** Names that matter in a certain folder: agents' definitions, and programs found there before others. */
    private static boolean isProtectedIn(String folder, String name) {
        return switch (folder) {
            case ".config" -> name.equals("git");
            case "agents" -> name.endsWith(".md");
            case "venv", ".venv" -> name.equals("bin") || name.equals("scripts") || name.equals("pyvenv.cfg");
            case "node_modules" -> name.equals(".bin");
            case "site-packages" -> name.endsWith(".pth");
            default -> false;
        };
    }
}
