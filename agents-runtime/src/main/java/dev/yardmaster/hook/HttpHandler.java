package dev.yardmaster.hook;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.yardmaster.tool.web.JsonPost;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A server that gets the event as JSON and answers as commands do that print JSON.
 *
 * @param url as it was written
 * @param headers that are sent; {@code $NAME} and {@code ${NAME}} in them are variables of the environment
 * @param passed the variables that may be in them; others are empty there
 * @param anywhere whether it may be on this machine or in its network: a person's own settings say so by naming it
 */
record HttpHandler(String url, Map<String, String> headers, List<String> passed, Duration timeout, boolean anywhere)
        implements WrittenHandler {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

    @Override
    public String shown() {
        return "POST " + url + (passed.isEmpty() ? "" : " with " + String.join(", ", passed));
    }

    @Override
    public HookAnswer run(HookInput input) throws InterruptedException {
        try {
            var post = new JsonPost(url, sent(System::getenv), timeout, anywhere);
            JsonPost.Answered answered = post.send(input.json());
            return answered.isSuccess()
                    ? PrintedAnswer.of(input.event(), answered.body())
                    : HookAnswer.failed("'" + url + "' answers " + answered.status());
        } catch (IOException e) {
            return HookAnswer.failed("'" + url + "' " + e.getMessage());
        }
    }

    Map<String, String> sent(UnaryOperator<String> environment) {
        var sent = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> sent.put(name, filled(value, environment)));
        return sent;
    }

    private String filled(String value, UnaryOperator<String> environment) {
        var filled = new StringBuilder();
        Matcher variable = VARIABLE.matcher(value);
        while (variable.find()) {
            String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
            String meant = passed.contains(name)
                    ? Optional.ofNullable(environment.apply(name)).orElse("")
                    : "";
            variable.appendReplacement(filled, Matcher.quoteReplacement(meant));
        }
        variable.appendTail(filled);
        return filled.toString();
    }
}
