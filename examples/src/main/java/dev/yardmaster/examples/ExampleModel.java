package dev.yardmaster.examples;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.ScriptedModel;
import java.util.Arrays;

/** The model an example runs on: its own script, so that it needs no key and no network, or a live one. */
public final class ExampleModel {

    private ExampleModel() {}

    /**
     * The script, unless the arguments say {@code --model PROVIDER:NAME}; a live model's key is read from the
     * environment.
     *
     * @throws YardmasterException when the model cannot be had; says why
     */
    public static Model choose(ScriptedModel script, String... args) {
        int at = Arrays.asList(args).indexOf("--model");
        if (at < 0) {
            return script;
        }
        if (at == args.length - 1) {
            throw new YardmasterException("--model needs a name: --model anthropic:…, openai:…, gemini:…, ollama:…");
        }
        return ModelCatalog.builder().environment(System.getenv()).build().get(args[at + 1]);
    }
}
