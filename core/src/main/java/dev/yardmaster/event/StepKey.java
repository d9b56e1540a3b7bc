package dev.yardmaster.event;

/**
 * What identifies a recorded step in a run, however often the process is restarted.
 *
 * @param node the execution it belongs to
 * @param name its name within that, scopes included: {@code turn/3/model}, {@code turn/3/call/1}; a name used again in
 *     the same scope gets {@code #2}
 */
public record StepKey(NodePath node, String name) {

    @Override
    public String toString() {
        return node.isRun() ? name : node + ":" + name;
    }
}
