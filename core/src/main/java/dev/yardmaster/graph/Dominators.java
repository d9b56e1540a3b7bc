package dev.yardmaster.graph;

import java.util.Arrays;

/**
 * Which node every path from the start to another node passes: the iterative algorithm of Cooper, Harvey and Kennedy
 * ("A Simple, Fast Dominance Algorithm", 2001), with intervals on the dominator tree for constant-time answers.
 */
final class Dominators {

    private final int[] parent;
    private final int[] enter;
    private final int[] leave;

    private Dominators(int[] parent, int[] enter, int[] leave) {
        this.parent = parent;
        this.enter = enter;
        this.leave = leave;
    }

    /** Of a graph in which every node is reachable from {@code start}. */
    static Dominators of(int start, int[][] successors, int[][] predecessors) {
        int[] order = reversePostorder(start, successors);
        int[] rank = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        int[] parent = new int[order.length];
        Arrays.fill(parent, -1);
        parent[start] = start;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < order.length; i++) {
                int nearest = nearestCommon(predecessors[order[i]], parent, rank);
                changed |= parent[order[i]] != nearest;
                parent[order[i]] = nearest;
            }
        }
        return numbered(start, order, parent);
    }

    private static int nearestCommon(int[] predecessors, int[] parent, int[] rank) {
        int common = -1;
        for (int predecessor : predecessors) {
            if (parent[predecessor] < 0) {
                continue;
            }
            common = common < 0 ? predecessor : intersection(predecessor, common, parent, rank);
        }
        return common;
    }

    private static int intersection(int left, int right, int[] parent, int[] rank) {
        int a = left;
        int b = right;
        while (a != b) {
            while (rank[a] > rank[b]) {
                a = parent[a];
            }
            while (rank[b] > rank[a]) {
                b = parent[b];
            }
        }
        return a;
    }

    private static int[] reversePostorder(int start, int[][] successors) {
        int count = successors.length;
        int[] order = new int[count];
        int next = count;
        boolean[] seen = new boolean[count];
        int[] stack = new int[count];
        int[] position = new int[count];
        int top = 0;
        stack[top++] = start;
        seen[start] = true;
        while (top > 0) {
            int node = stack[top - 1];
            if (position[node] < successors[node].length) {
                int successor = successors[node][position[node]++];
                if (!seen[successor]) {
                    seen[successor] = true;
                    stack[top++] = successor;
                }
            } else {
                top--;
                order[--next] = node;
            }
        }
        return order;
    }

    /** Numbers the dominator tree; a node's interval lies within those of the nodes that dominate it. */
    private static Dominators numbered(int start, int[] order, int[] parent) {
        int count = order.length;
        int[] size = new int[count];
        Arrays.fill(size, 1);
        for (int i = count - 1; i > 0; i--) {
            size[parent[order[i]]] += size[order[i]];
        }
        int[] enter = new int[count];
        int[] leave = new int[count];
        int[] free = new int[count];
        for (int node : order) {
            if (node == start) {
                enter[node] = 0;
            } else {
                enter[node] = free[parent[node]];
                free[parent[node]] += size[node];
            }
            free[node] = enter[node] + 1;
            leave[node] = enter[node] + size[node];
        }
        return new Dominators(parent, enter, leave);
    }

    /** Whether every path from the start to {@code node} passes {@code dominator}; a node dominates itself. */
    boolean dominates(int dominator, int node) {
        return enter[dominator] <= enter[node] && leave[node] <= leave[dominator];
    }
}
