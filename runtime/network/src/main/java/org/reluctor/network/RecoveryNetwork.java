package org.reluctor.network;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An unrolled recovery network: a directed acyclic graph from measurements y, [B, channels·m], to the signal x̂,
 * [B, channels·n], and optionally {@code estimate}, the signal before the last data-consistency step. Immutable and
 * safe to share between threads; the constants' arrays are shared, too.
 */
public final class RecoveryNetwork {
    /** Name of the optional second output. */
    public static final String ESTIMATE = "estimate";

    private final String name;
    private final List<Node> nodes;
    private final Value input;
    private final List<Value> outputs;
    private final NetworkMetadata metadata;
    private final MeasurementMatrix matrix;
    private final String sha256;

    /**
     * @param name     for messages and tables: the file's name without its ending
     * @param nodes    in an order in which every input is computed before it is used
     * @param input    the measurements
     * @param outputs  the signal first; {@link #ESTIMATE} may follow
     * @param metadata what the file says about itself
     * @param matrix   Φ, or null where the file names none
     * @param sha256   of the file, 64 hexadecimal digits; empty for a network that was never a file
     */
    public RecoveryNetwork(String name, List<Node> nodes, Value input, List<Value> outputs, NetworkMetadata metadata,
            MeasurementMatrix matrix, String sha256) {
        this.name = Objects.requireNonNull(name);
        this.nodes = List.copyOf(nodes);
        this.input = Objects.requireNonNull(input);
        this.outputs = List.copyOf(outputs);
        this.metadata = Objects.requireNonNull(metadata);
        this.matrix = matrix;
        this.sha256 = Objects.requireNonNull(sha256);
    }

    /** The same graph, which says something else about itself; it was never a file. */
    public RecoveryNetwork withMetadata(NetworkMetadata other) {
        return new RecoveryNetwork(name, nodes, input, outputs, other, matrix, "");
    }

    public String name() {
        return name;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public Value input() {
        return input;
    }

    /** All outputs, the signal first. */
    public List<Value> outputs() {
        return outputs;
    }

    /** The recovered signal. */
    public Value signal() {
        return outputs.get(0);
    }

    /** The signal before the last data-consistency step, where the network gives it. */
    public Optional<Value> estimate() {
        return outputs.stream().filter(output -> output.name().equals(ESTIMATE)).findFirst();
    }

    public NetworkMetadata metadata() {
        return metadata;
    }

    /** Φ, where the file names it. */
    public Optional<MeasurementMatrix> matrix() {
        return Optional.ofNullable(matrix);
    }

    /** SHA-256 of the file as 64 hexadecimal digits; empty for a network that was never a file. */
    public String sha256() {
        return sha256;
    }

    /**
     * The 8 bytes that name this network in every signal: the head of the file's SHA-256, big-endian in a long; 0 for a
     * network that was never a file.
     */
    public long modelId() {
        return sha256.isEmpty() ? 0 : Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    }
}
