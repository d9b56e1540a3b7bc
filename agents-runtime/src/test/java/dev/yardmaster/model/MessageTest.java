package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.tool.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MessageTest {

    private static final ToolCall CALL = new ToolCall("c1", "Read", Json.parse("{\"file_path\":\"a\"}"));

    @Nested
    class As_json {

        @Test
        void every_message_comes_back_as_it_was() {
            List<Message> messages = List.of(
                    new Message.System("be brief"),
                    new Message.User(List.of(new Part.Text("look"), new Part.Image("image/png", "aGk="))),
                    new Message.Assistant("", List.of(CALL), Map.of("signature", "\"abc\"")),
                    new Message.Assistant("done", List.of(new ToolCall("c2", "T", Json.of("{half"))), Map.of()),
                    new Message.ToolOutput("c1", "Read", "text", true));

            for (Message message : messages) {
                assertThat(Json.parse(Json.of(message).text()).as(Message.class))
                        .isEqualTo(message);
            }
        }

        @Test
        void each_says_its_role_and_each_part_its_kind() {
            assertThat(Json.of(new Message.System("x")).text()).contains("\"role\":\"system\"");
            assertThat(Json.of(Message.User.of("x")).text()).contains("\"role\":\"user\"", "\"part\":\"text\"");
            assertThat(Json.of(Message.Assistant.of("x")).text()).contains("\"role\":\"assistant\"");
            assertThat(Json.of(new Message.ToolOutput("1", "T", "x", false)).text())
                    .contains("\"role\":\"tool\"");
            assertThat(Json.of(new Message.User(List.of(new Part.Image("image/png", "aGk="))))
                            .text())
                    .contains("\"part\":\"image\"");
        }

        @Test
        void a_reply_comes_back_as_it_was() {
            var reply = new ModelReply(Message.Assistant.of("x", CALL), new Usage(3, 4), ModelReply.Finish.TOOL_CALLS);

            assertThat(Json.parse(Json.of(reply).text()).as(ModelReply.class)).isEqualTo(reply);
        }
    }

    @Test
    void a_users_text_is_its_text_parts_one_below_the_other() {
        var user =
                new Message.User(List.of(new Part.Text("a"), new Part.Image("image/png", "aGk="), new Part.Text("b")));

        assertThat(user.text()).isEqualTo("a\nb");
    }
}
