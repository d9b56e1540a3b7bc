package dev.yardmaster.tool.builtin;

import com.google.re2j.Pattern;
import dev.yardmaster.tool.builtin.FileTree.Found;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Searches on this JVM: one file, or those below a folder, several at a time. Each is opened in its folder, which is held
 * open, or inside the pinned workspace. Most files are read once, as bytes, and left when the {@link LineSieve} says so.
 */
final class LineGrep {

    private static final long MAX_ACROSS = 10L * 1024 * 1024;

    /** What is larger is read piece by piece, when it is its turn. */
    private static final int LARGE = 1 << 20;

    private static final int USUAL = 1 << 16;

    private final GrepQuery query;
    private final GrepOptions options;
    private final Pattern pattern;
    private final GrepAnswer answer;
    private final FileTree tree;
    private final LineSearch own;

    LineGrep(GrepQuery query, Pattern pattern, GrepAnswer answer) {
        this.query = query;
        this.options = query.options();
        this.pattern = pattern;
        this.answer = answer;
        this.tree = FileTree.of(query.context().workspace(), query.target())
                .entering(folder -> !query.ignored().ignores(folder, true));
        this.own = search(LineSieve.of(pattern, options));
    }

    private LineSearch search(LineSieve sieve) {
        return new LineSearch(options, pattern, sieve, tree::goesOn);
    }

    /** @return whether everything was searched */
    boolean search() throws IOException, InterruptedException {
        if (Files.isRegularFile(query.target())) {
            whole(query.target());
            return tree.isComplete();
        }
        try (var files = new FilesInOrder<>(Worker::new, this::told)) {
            tree.visit(file -> {
                if (query.isAbout(file.path(), file.relative())) {
                    files.add(file);
                }
            });
            files.finish();
        }
        return tree.isComplete();
    }

    private void told(Found file, FileMatches matches) throws InterruptedException {
        if (!tree.goesOn() || matches.isEmpty() && !matches.isLeft()) {
            return;
        }
        if (matches.isLeft()) {
            whole(file.path());
        } else {
            answer.begin(query.shown(file.path()));
            matches.tellTo(answer);
            answer.end();
        }
    }

    private void whole(Path file) throws InterruptedException {
        try (SeekableByteChannel channel = query.context().workspace().open(new ResolvedPath(file, file))) {
            answer.begin(query.shown(file));
            if (options.multiline() && channel.size() > MAX_ACROSS) {
                answer.note("not searched across lines, because larger than " + MAX_ACROSS + " bytes: "
                        + query.shown(file));
            } else {
                own.search(new TextChunks(Channels.newInputStream(channel)), answer);
            }
            answer.end();
        } catch (UnusablePathException | IOException e) {
            passOver(e);
        }
    }

    /** A file that is gone, no regular one any more, or cannot be read. */
    private void passOver(Exception why) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled while searching");
        }
        if (why instanceof IOException trouble) {
            tree.missed(trouble);
        }
    }

    /** Reads files that are not large, and searches those that may hold something. */
    private final class Worker implements FilesInOrder.Work<FileMatches> {

        private final LineSieve sieve = LineSieve.of(pattern, options);
        private final LineSearch search = search(sieve);
        private ByteBuffer bytes = ByteBuffer.allocate(USUAL);

        @Override
        public FileMatches of(Found file) throws InterruptedException {
            var matches = new FileMatches(options);
            if (!query.isGranted(file.path())) {
                return matches;
            }
            try {
                if (!isReadWhole(file)) {
                    return FileMatches.left(options);
                }
                int length = bytes.position();
                if (sieve.mayHold(bytes.array(), length)) {
                    search.search(new TextChunks(new ByteArrayInputStream(bytes.array(), 0, length), length), matches);
                }
                return matches;
            } catch (UnusablePathException | IOException e) {
                passOver(e);
                return new FileMatches(options);
            }
        }

        /** @return false for one that is large, or is becoming so */
        private boolean isReadWhole(Found file) throws IOException {
            long size = file.attributes().size();
            if (size > LARGE) {
                return false;
            }
            if (size >= bytes.capacity()) {
                bytes = ByteBuffer.allocate(LARGE + 1);
            }
            bytes.clear();
            try (SeekableByteChannel channel =
                    file.in().folder().open(file.path().getFileName())) {
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            }
            return bytes.hasRemaining();
        }
    }
}
