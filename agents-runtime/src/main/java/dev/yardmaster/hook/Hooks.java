package dev.yardmaster.hook;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.hook.HookVerdict.Said;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hooks in order. Immutable and thread-safe. */
public final class Hooks {

    private static final Hooks NONE = new Hooks(List.of(), false);

    private final List<Hook> all;
    private final boolean failClosed;

    private Hooks(List<Hook> all, boolean failClosed) {
        this.all = List.copyOf(all);
        this.failClosed = failClosed;
    }

    public static Hooks none() {
        return NONE;
    }

    public static Hooks of(Hook... hooks) {
        return new Hooks(Arrays.asList(hooks), false);
    }

    /** These and others behind them; failures deny when they do in one of both. */
    public Hooks and(Hooks others) {
        return new Hooks(Stream.concat(all.stream(), others.all.stream()).toList(), failClosed || others.failClosed);
    }

    /**
     * The same, and a hook that fails (a script that is not there, another exit code than 0 and 2, no answer in time) denies the
     * call or task that it was asked about. Otherwise, as the format has it, that is told and things go on.
     */
    public Hooks failClosed() {
        return new Hooks(all, true);
    }

    public List<Hook> all() {
        return all;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hooks hooks && hooks.all.equals(all) && hooks.failClosed == failClosed;
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** Those for an event. */
    public Hooks at(HookEvent event) {
        return those(each -> each.event() == event);
    }

    /** Those that concern what has one of these names. */
    public Hooks on(Collection<String> names) {
        return those(each -> each.matcher().matches(names));
    }

    /** Those whose condition holds. @param holds whether a permission rule means the call */
    public Hooks when(Predicate<String> holds) {
        return those(each -> each.condition().map(holds::test).orElse(true));
    }

    private Hooks those(Predicate<Hook> fit) {
        return all.isEmpty() ? this : new Hooks(all.stream().filter(fit).toList(), failClosed);
    }

    /** Asks all of them as {@link #ask(HookInput, HookErrands)} does, and gives those that nobody waits for their grace. */
    public HookVerdict ask(HookInput input) throws InterruptedException {
        try (var errands = new HookErrands()) {
            return ask(input, errands);
        }
    }

    /**
     * Asks all of them at once, each handler once, and adds up what they say. Blocks.
     *
     * @param errands where those run that nobody waits for
     * @throws InterruptedException when the run is cancelled; all that was started is gone then
     */
    public HookVerdict ask(HookInput input, HookErrands errands) throws InterruptedException {
        var handlers = new HashSet<HookHandler>();
        List<Hook> asked =
                all.stream().filter(each -> handlers.add(each.handler())).toList();
        var said = new ArrayList<Said>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HookAnswer>> answers = asked.stream()
                    .map(each -> threads.submit(() -> each.counts() ? answer(each, input) : errands.start(each, input)))
                    .toList();
            try {
                for (int i = 0; i < asked.size(); i++) {
                    said.add(new Said(asked.get(i), answers.get(i).get()).orDenied(failClosed));
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException("a hook failed in a way that hooks do not", e.getCause());
        }
        return HookVerdict.of(said);
    }

    static HookAnswer answer(Hook hook, HookInput input) throws InterruptedException {
        try {
            return hook.handler().run(input);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return HookAnswer.failed(FileTrouble.told(e));
        }
    }
}
