package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelNames;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.Attachment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What models are shown of what results show. A model that takes no images is told in words what it is not shown, and why.
 * One whose provider refuses a request that shows something is asked again without that; where it replies then, it is not
 * shown that any more. The conversation that is recorded stays as it is. Thread-safe.
 */
final class Sight {

    /** By the model's name, the hashes of what it replied without. */
    private final Map<String, Set<String>> refused = new ConcurrentHashMap<>();

    private final ModelNames wordsAlone;

    /** @param wordsAlone which models are shown nothing, whatever they say of themselves */
    Sight(ModelNames wordsAlone) {
        this.wordsAlone = wordsAlone;
    }

    /** What is shown on the way to one reply. One thread uses it. */
    Look look() {
        return new Look();
    }

    /** How much is left out of a request that was refused. */
    private enum Stage {
        NOTHING,
        /** What came since the last reply: what was shown before, a reply was given to. */
        LATEST,
        ALL
    }

    /** What is shown on the way to one reply. */
    final class Look {

        private Stage stage = Stage.NOTHING;
        private Set<String> without = Set.of();

        private Look() {}

        /** The request as the model is to see it; itself where there is nothing to see. */
        ModelRequest of(Model model, ModelRequest request) {
            if (!showsAny(request.messages())) {
                return request;
            }
            Set<String> known = refused.getOrDefault(model.name(), Set.of());
            List<Message> seen = request.messages().stream()
                    .map(each -> shows(each) ? seen((Message.ToolOutput) each, model, known) : each)
                    .toList();
            return new ModelRequest(request.agent(), seen, request.tools());
        }

        private Message seen(Message.ToolOutput output, Model model, Set<String> known) {
            boolean sees = !wordsAlone.contains(model.name());
            Predicate<Attachment> taken =
                    each -> sees && model.takes(each.data().mediaType());
            Predicate<Attachment> kept = known.isEmpty() && without.isEmpty()
                    ? each -> true
                    : each -> !known.contains(hash(each)) && !without.contains(hash(each));
            var shown = new ArrayList<Attachment>();
            var words = new StringBuilder(output.text());
            for (Attachment each : output.attachments()) {
                if (kept.test(each) && taken.test(each)) {
                    shown.add(each);
                } else {
                    words.append(instead(each, kept.test(each) ? takesNone(model, sees) : refusedBy(model)));
                }
            }
            return new Message.ToolOutput(output.callId(), output.tool(), words.toString(), output.error(), shown);
        }

        private static String takesNone(Model model, boolean sees) {
            return "model '" + model.name() + (sees ? "' takes none" : "' is set to be told words alone");
        }

        private static String refusedBy(Model model) {
            return "the provider of model '" + model.name() + "' refused it";
        }

        private static String instead(Attachment attachment, String why) {
            return "\n[not shown: " + attachment.data() + ", because " + why + "]"
                    + (attachment.words().isEmpty() ? "" : "\n" + attachment.words());
        }

        /** Whether a request that was refused is worth asking again, with less to see. */
        boolean again(Model model, ModelException e, ModelRequest request) {
            if (e.reason() != ModelException.Kind.BAD_REQUEST) {
                return false;
            }
            List<Message> seen = of(model, request).messages();
            while (stage != Stage.ALL) {
                stage = Stage.values()[stage.ordinal() + 1];
                Set<String> more = hashes(stage == Stage.ALL ? seen : latest(seen));
                if (!more.isEmpty()) {
                    more.addAll(without);
                    without = more;
                    return true;
                }
            }
            return false;
        }

        /** A reply came. */
        void worked(Model model) {
            if (!without.isEmpty()) {
                refused.computeIfAbsent(model.name(), name -> ConcurrentHashMap.newKeySet())
                        .addAll(without);
            }
        }

        /** Another model is asked. */
        void restart() {
            stage = Stage.NOTHING;
            without = Set.of();
        }
    }

    private static boolean showsAny(List<Message> messages) {
        for (Message each : messages) {
            if (shows(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean shows(Message message) {
        return message instanceof Message.ToolOutput output
                && !output.attachments().isEmpty();
    }

    private static List<Message> latest(List<Message> messages) {
        int at = messages.size();
        while (at > 0 && !(messages.get(at - 1) instanceof Message.Assistant)) {
            at--;
        }
        return messages.subList(at, messages.size());
    }

    private static Set<String> hashes(List<Message> messages) {
        var all = new HashSet<String>();
        for (Message each : messages) {
            if (each instanceof Message.ToolOutput output) {
                output.attachments().forEach(shown -> all.add(hash(shown)));
            }
        }
        return all;
    }

    private static String hash(Attachment attachment) {
        return Json.of(attachment.data()).sha256();
    }
}
