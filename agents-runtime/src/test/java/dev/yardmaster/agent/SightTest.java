package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.DataUri;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelNames;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightTest {

    private static final Attachment FIRST = Attachment.image(new DataUri("image/png", "Zmlyc3Q="));
    private static final Attachment SECOND = Attachment.image(new DataUri("image/png", "c2Vjb25k"));
    private static final Attachment PAGES = new Attachment(new DataUri("application/pdf", "JVBERg=="), 3, "its text");
    private static final ModelException NO = new ModelException(Kind.BAD_REQUEST, "no");

    private record Blind(String blindTo) implements Model {
        @Override
        public String name() {
            return "test:blind";
        }

        @Override
        public boolean takes(String mediaType) {
            return !mediaType.equals(blindTo);
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    private static final Model SEEING = new Blind("");

    private static Message.ToolOutput result(String id, Attachment... shown) {
        return new Message.ToolOutput(id, "Read", "what it says", false, List.of(shown));
    }

    private static ModelRequest request(Message... messages) {
        return new ModelRequest("a", List.of(messages), List.of());
    }

    private static final ModelRequest TWO = request(
            Message.User.of("look"),
            Message.Assistant.of("", call("1")),
            result("1", FIRST),
            Message.Assistant.of("", call("2")),
            result("2", SECOND));

    private static ToolCall call(String id) {
        return new ToolCall(id, "Read", dev.yardmaster.event.Json.parse("{}"));
    }

    private static List<Attachment> shown(ModelRequest request, int message) {
        return ((Message.ToolOutput) request.messages().get(message)).attachments();
    }

    private static String told(ModelRequest request, int message) {
        return request.messages().get(message).text();
    }

    @Test
    void tells_a_model_words_alone_that_is_set_so_whatever_it_says_of_itself() {
        ModelRequest request = request(Message.User.of("look"), result("1", FIRST, PAGES));
        ModelRequest told = new Sight(ModelNames.of("test:*")).look().of(SEEING, request);

        assertThat(shown(told, 1)).isEmpty();
        assertThat(told(told, 1))
                .isEqualTo(
                        "what it says\n[not shown: image/png of 5 bytes, because model 'test:blind' is set to be told"
                                + " words alone]\n[not shown: application/pdf of 4 bytes, because model 'test:blind' is set to be"
                                + " told words alone]\nits text");
        assertThat(shown(new Sight(ModelNames.of("other:*")).look().of(SEEING, request), 1))
                .containsExactly(FIRST, PAGES);
    }

    @Test
    void shows_a_model_what_it_takes_and_tells_of_the_rest() {
        ModelRequest seen = new Sight(ModelNames.none())
                .look()
                .of(new Blind("application/pdf"), request(Message.User.of("look"), result("1", FIRST, PAGES)));

        assertThat(shown(seen, 1)).containsExactly(FIRST);
        assertThat(told(seen, 1))
                .isEqualTo(
                        "what it says\n[not shown: application/pdf of 4 bytes, because model 'test:blind' takes none]"
                                + "\nits text");
    }

    @Test
    void leaves_out_the_latest_first_when_a_request_is_refused_and_then_all() {
        Sight.Look look = new Sight(ModelNames.none()).look();
        assertThat(look.of(SEEING, TWO)).isEqualTo(TWO);

        assertThat(look.again(SEEING, NO, TWO)).isTrue();
        assertThat(shown(look.of(SEEING, TWO), 2)).containsExactly(FIRST);
        assertThat(shown(look.of(SEEING, TWO), 4)).isEmpty();
        assertThat(told(look.of(SEEING, TWO), 4))
                .isEqualTo("what it says\n[not shown: image/png of 6 bytes, because the provider of model 'test:blind'"
                        + " refused it]");

        assertThat(look.again(SEEING, NO, TWO)).isTrue();
        assertThat(shown(look.of(SEEING, TWO), 2)).isEmpty();
        assertThat(look.again(SEEING, NO, TWO))
                .as("nothing is left to leave out")
                .isFalse();
    }

    @Test
    void remembers_what_a_model_replied_without_and_nothing_else() {
        var sight = new Sight(ModelNames.none());
        Sight.Look look = sight.look();
        assertThat(look.again(SEEING, NO, TWO)).isTrue();
        assertThat(sight.look().of(SEEING, TWO)).as("no reply came yet").isEqualTo(TWO);

        look.worked(SEEING);

        assertThat(shown(sight.look().of(SEEING, TWO), 2)).containsExactly(FIRST);
        assertThat(shown(sight.look().of(SEEING, TWO), 4)).isEmpty();
    }

    @Test
    void gives_up_only_where_the_request_was_wrong_and_showed_something() {
        Sight.Look look = new Sight(ModelNames.none()).look();

        assertThat(look.again(SEEING, new ModelException(Kind.OVERLOADED, "no"), TWO))
                .isFalse();
        assertThat(look.again(SEEING, NO, request(Message.User.of("hello"), result("1"))))
                .isFalse();
    }
}
