package dev.yardmaster.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what {@code rg --json} prints, one event a line (docs.rs/grep-printer, "JSON"), and tells an answer of it. */
final class RipgrepEvents {

    private static final int LONGEST = 8 * 1024 * 1024;
    private static final int LOOKED_AT = 8_000;

    private final GrepQuery query;
    private final GrepAnswer answer;
    private boolean wanted;

    RipgrepEvents(GrepQuery query, GrepAnswer answer) {
        this.query = query;
        this.answer = answer;
    }

    /** Reads to the end, which is also there when the program is killed. */
    void tell(InputStream events) throws IOException {
        try {
            for (Optional<String> line = line(events); line.isPresent(); line = line(events)) {
                if (!line.get().isEmpty()) {
                    event(Json.parse(line.get()).as(JsonNode.class));
                }
            }
        } catch (dev.yardmaster.event.InvalidJsonException e) {
            answer.note("the search was cut off in the middle of a line");
        }
    }

    /** A line; empty text for one that is too long to be kept. */
    private Optional<String> line(InputStream events) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int size = 0;
        int next = events.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = events.read()) {
            if (++size <= LONGEST) {
                bytes.write(next);
            }
        }
        if (size > LONGEST) {
            answer.note("a line of more than " + LONGEST + " bytes matches and is not shown");
            return Optional.of("");
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    private void event(JsonNode event) {
        JsonNode data = event.path("data");
        switch (event.path("type").asText()) {
            case "begin" -> begin(data.path("path"));
            case "match" -> {
                if (wanted) {
                    match(data);
                }
            }
            case "context" -> {
                if (wanted) {
                    String[] lines = lines(data);
                    for (int i = 0; i < lines.length; i++) {
                        answer.around(data.path("line_number").asLong() + i, lines[i]);
                    }
                }
            }
            case "end" -> {
                if (wanted) {
                    answer.end();
                }
                wanted = false;
            }
            default -> {} // the summary
        }
    }

    private void begin(JsonNode path) {
        wanted = false;
        if (!path.has("text")) {
            answer.note("not shown, because its name is no text: a file that matches");
            return;
        }
        try {
            Path relative = Path.of(path.get("text").asText()).normalize();
            Path file = query.target().resolve(relative);
            wanted = query.wants(file, relative.toString().replace('\\', '/')) && isText(file);
            if (wanted) {
                answer.begin(query.shown(file));
            }
        } catch (InvalidPathException e) {
            answer.note("not shown, because its name cannot be read here: a file that matches");
        }
    }

    /** Whether it is a text, and is where it was: opened in the pinned folder, without following a link. */
    private boolean isText(Path file) {
        try (SeekableByteChannel channel = query.context().workspace().open(new ResolvedPath(file, file))) {
            ByteBuffer first = ByteBuffer.allocate(LOOKED_AT);
            while (first.hasRemaining() && channel.read(first) >= 0) {}
            byte[] bytes = Arrays.copyOf(first.array(), first.position());
            return TextFile.wide(bytes, bytes.length).isPresent() || !TextFile.isBinary(bytes);
        } catch (UnusablePathException | IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** The lines of one match; across lines it may be several, of several matches that touch. */
    private void match(JsonNode data) {
        byte[] bytes = bytes(data.path("lines"));
        String[] lines = lines(data);
        var found = new TreeMap<Integer, List<String>>();
        int line = 0;
        int looked = 0; // there may be as many matches as bytes, in the order of their beginnings
        for (JsonNode each : data.path("submatches")) {
            for (; looked < Math.min(bytes.length, each.path("start").asInt()); looked++) {
                line += bytes[looked] == '\n' ? 1 : 0;
            }
            found.computeIfAbsent(line, first -> new ArrayList<>())
                    .add(text(bytes(each.path("match"))).replace("\r\n", "\n"));
        }
        boolean each = query.options().onlyMatching() || query.options().multiline();
        for (int i = 0; i < lines.length; i++) {
            List<String> here = found.getOrDefault(i, List.of());
            answer.match(
                    data.path("line_number").asLong() + i,
                    lines[i],
                    each || here.isEmpty() ? here : here.subList(0, 1));
        }
    }

    private static String[] lines(JsonNode data) {
        String text = text(bytes(data.path("lines"))).replace("\r\n", "\n");
        String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return whole.split("\n", -1);
    }

    private static byte[] bytes(JsonNode value) {
        return value.has("text")
                ? value.get("text").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(value.path("bytes").asText());
    }

    /** As {@link TextChunks} has it: UTF-8, or ISO 8859-1 for bytes that are none. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
