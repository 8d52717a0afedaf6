package org.reluctor.network;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Puts the nodes of a file into an order in which every input is computed before it is used (Kahn's method). A file in
 * such an order keeps it. Refuses cycles, inputs that nothing gives, and names given twice.
 */
final class GraphSorter {
    private static final int MOST_NAMED = 8;

    private final List<NodeProto> nodes;
    private final Set<String> given;
    private final Map<String, Integer> producers = new HashMap<>();
    private final List<List<Integer>> consumers = new ArrayList<>();
    private final int[] waitingFor;

    private GraphSorter(List<NodeProto> nodes, Set<String> given) {
        this.nodes = nodes;
        this.given = given;
        waitingFor = new int[nodes.size()];
    }

    /**
     * The nodes in order.
     *
     * @param given names that no node needs to compute: the input and the initializers
     * @throws IllegalArgumentException with the nodes at fault
     */
    static List<NodeProto> sort(List<NodeProto> nodes, Set<String> given) {
        GraphSorter sorter = new GraphSorter(nodes, given);
        sorter.findProducers();
        sorter.findConsumers();
        return sorter.order();
    }

    /** A node's name, or its operator and position where it has none. */
    static String label(NodeProto node, int position) {
        return node.getName().isEmpty() ? node.getOpType() + "#" + position : node.getName();
    }

    private String label(int position) {
        return Quote.of(label(nodes.get(position), position));
    }

    private void findProducers() {
        for (int at = 0; at < nodes.size(); at++) {
            consumers.add(new ArrayList<>());
            for (String output : nodes.get(at).getOutputList()) {
                Integer other = output.isEmpty() ? null : producers.putIfAbsent(output, at);
                if (other != null || given.contains(output)) {
                    throw new IllegalArgumentException("the name " + Quote.of(output) + " is given to two values,"
                            + " once by node " + label(at) + " and once by "
                            + (other == null ? "the input or an initializer" : "node " + label(other)));
                }
            }
        }
    }

    private void findConsumers() {
        for (int at = 0; at < nodes.size(); at++) {
            for (String input : nodes.get(at).getInputList()) {
                Integer producer = producers.get(input);
                if (producer != null) {
                    consumers.get(producer).add(at);
                    waitingFor[at]++;
                } else if (!input.isEmpty() && !given.contains(input)) {
                    throw new IllegalArgumentException("node " + label(at) + " (" + Quote.of(nodes.get(at).getOpType())
                            + ") reads " + Quote.of(input)
                            + ", which is neither the input, nor an initializer, nor any node's output");
                }
            }
        }
    }

    private List<NodeProto> order() {
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int at = 0; at < waitingFor.length; at++) {
            if (waitingFor[at] == 0) {
                ready.add(at);
            }
        }
        List<NodeProto> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            int at = ready.remove();
            ordered.add(nodes.get(at).getName().isEmpty()
                    ? nodes.get(at).toBuilder().setName(label(nodes.get(at), at)).build() : nodes.get(at));
            for (int consumer : consumers.get(at)) {
                if (--waitingFor[consumer] == 0) {
                    ready.add(consumer);
                }
            }
        }
        if (ordered.size() < nodes.size()) {
            throw new IllegalArgumentException("the graph runs in a circle through the nodes " + cycle());
        }
        return ordered;
    }

    /** Walks back from any node that never became ready, until a node comes again: from there on it is a circle. */
    private String cycle() {
        int at = 0;
        while (waitingFor[at] == 0) {
            at++;
        }
        Set<Integer> seen = new LinkedHashSet<>();
        while (seen.add(at)) {
            at = waitingProducer(at);
        }
        List<Integer> path = new ArrayList<>(seen);
        List<String> circle = path.subList(path.indexOf(at), path.size()).stream().map(this::label).toList();
        return circle.size() <= MOST_NAMED ? String.join(", ", circle)
                : String.join(", ", circle.subList(0, MOST_NAMED)) + " and " + (circle.size() - MOST_NAMED) + " more";
    }

    private int waitingProducer(int at) {
        return nodes.get(at).getInputList().stream().map(producers::get)
                .filter(producer -> producer != null && waitingFor[producer] > 0).findFirst().orElseThrow();
    }
}
