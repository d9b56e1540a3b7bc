package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.InvalidGlobException;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;

/** The path parameters of the file tools. */
final class FilePaths {

    private FilePaths() {}

    static ResolvedPath required(Arguments arguments, String name, Workspace workspace) {
        return resolved(arguments.text(name), name, workspace);
    }

    /** The folder to search in: the workspace's root when none is given. */
    static ResolvedPath folder(Arguments arguments, Workspace workspace) {
        return resolved(
                arguments.findText("path").filter(path -> !path.isBlank()).orElse("."), "path", workspace);
    }

    private static ResolvedPath resolved(String path, String name, Workspace workspace) {
        try {
            return workspace.resolve(path);
        } catch (UnusablePathException e) {
            throw new InvalidArgumentsException("'" + name + "': " + e.getMessage());
        }
    }

    /** A pattern from a model. */
    static GlobPattern glob(String pattern) {
        try {
            return GlobPattern.of(pattern);
        } catch (InvalidGlobException e) {
            throw new InvalidArgumentsException(e.getMessage());
        }
    }

    /** @throws InvalidArgumentsException when that is not what was permitted: a link has come to lead elsewhere */
    static void check(Access access, ToolContext context) {
        if (!context.grant().covers(access)) {
            throw new InvalidArgumentsException(
                    "the path leads elsewhere than when the call was permitted; nothing was done");
        }
    }

    static Access.Reads reads(ResolvedPath path) {
        return new Access.Reads(path.written(), path.target());
    }

    static Access.Writes writes(ResolvedPath path) {
        return new Access.Writes(path.written(), path.target());
    }
}
