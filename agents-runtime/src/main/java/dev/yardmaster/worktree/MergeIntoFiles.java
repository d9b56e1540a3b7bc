package dev.yardmaster.worktree;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.workspace.FolderTree;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings a merge into the files of a workspace: each is written beside them and moved into its place, so that a kill leaves it
 * as it was or as it is to be.
 */
record MergeIntoFiles(Workspace workspace, Repository repository, Merge merge, Optional<Keeper> keeper) {

    List<String> apply() throws InterruptedException {
        if (merge.files().isEmpty()) {
            return List.of();
        }
        String now = repository.commit("The workspace as it is", List.of(merge.ours()));
        Set<String> open = new TreeSet<>(repository.different(now, merge.merged()));
        open.retainAll(merge.files());
        Set<String> strange = new TreeSet<>(repository.different(merge.ours(), now));
        strange.retainAll(open);
        if (!strange.isEmpty()) {
            return List.copyOf(strange);
        }
        try {
            List<String> elsewhere =
                    open.stream().filter(file -> leadsElsewhere(place(file))).toList();
            if (elsewhere.isEmpty()) {
                write(open);
            }
            return elsewhere;
        } catch (IOException e) {
            throw new UncheckedIOException("changes cannot be merged into the workspace: " + FileTrouble.of(e), e);
        }
    }

    private Path place(String file) {
        return repository.tree().resolve(file);
    }

    /** Whether a link on the way leads out of the workspace. */
    private boolean leadsElsewhere(Path place) {
        try {
            Path folder = workspace.resolve(place.getParent().toString()).target();
            return !folder.equals(place.getParent()) || !workspace.contains(place);
        } catch (UnusablePathException e) {
            return true;
        }
    }

    private void write(Set<String> files) throws IOException, InterruptedException {
        Path staging = repository.worktrees().resolve(".merging-" + merge.merged());
        FolderTree.delete(staging);
        Set<String> wanted = new TreeSet<>(
                repository.run().pieces("ls-tree", "-r", "-z", "--name-only", "--full-tree", merge.merged()));
        wanted.retainAll(files);
        try {
            repository.withIndex((git, folder) -> {
                git.run("read-tree", merge.merged());
                git.feed(
                        String.join("\0", wanted),
                        "checkout-index",
                        "-q",
                        "-z",
                        "--stdin",
                        "--prefix=" + staging + "/");
                return "";
            });
            for (String file : files) {
                if (!wanted.contains(file)) {
                    keeping(place(file), () -> remove(place(file))); // first: a folder may take its place
                }
            }
            for (String file : wanted) {
                keeping(place(file), () -> move(staging.resolve(file), place(file)));
            }
        } finally {
            FolderTree.delete(staging);
        }
    }

    /** A change of a file. */
    @FunctionalInterface
    private interface Act {
        void run() throws IOException;
    }

    private void keeping(Path file, Act act) throws IOException {
        if (keeper.isPresent()) {
            keeper.get().before(file);
        }
        act.run();
        if (keeper.isPresent()) {
            keeper.get().after(file);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** With the folders that are empty then. */
    private void remove(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
            for (Path folder = file.getParent();
                    !folder.equals(workspace.root()) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
                    folder = folder.getParent()) {
                Files.delete(folder);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException | NotDirectoryException e) {
            return; // others are in it
        }
    }
}
