package dev.yardmaster.pattern;

import dev.yardmaster.graph.Node;

/** A node and the name it has in a graph. @param node may be a graph */
public record NamedNode(String name, Node node) {

    public static NamedNode of(String name, Node node) {
        return new NamedNode(name, node);
    }
}
