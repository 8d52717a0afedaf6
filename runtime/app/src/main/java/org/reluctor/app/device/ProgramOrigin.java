package org.reluctor.app.device;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.app.command.Version;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.device.ProgramFileException;

/**
 * What programs were made for, beside the device: kept with them, and compared before any of them is loaded, so that a
 * mix-up is told in the words of whoever mixed it up.
 *
 * @param version    of Reluctor
 * @param networks   SHA-256 of the networks' files
 * @param weights    format of weights, as options name it
 * @param maxBatch   most frames of a batch
 * @param parameters by which kernels are launched, as text
 */
public record ProgramOrigin(String version, List<String> networks, String weights, int maxBatch, String parameters) {
    private static final String VERSION = "reluctor";
    private static final String NETWORKS = "networks";
    private static final String WEIGHTS = "weights";
    private static final String MAX_BATCH = "maxBatch";
    private static final String PARAMETERS = "launchParameters";
    private static final int SHOWN_DIGITS = 12;

    public ProgramOrigin {
        networks = List.copyOf(networks);
    }

    /** Programs that this version makes. */
    public static ProgramOrigin here(List<String> networks, String weights, int maxBatch, String parameters) {
        return new ProgramOrigin(Version.number(), networks, weights, maxBatch, parameters);
    }

    /**
     * Reads the facts of a file.
     *
     * @throws ProgramFileException if it lacks some
     */
    public static ProgramOrigin of(ProgramFile file) {
        Map<String, String> facts = file.facts();
        for (String key : List.of(VERSION, NETWORKS, WEIGHTS, MAX_BATCH, PARAMETERS)) {
            if (!facts.containsKey(key)) {
                throw new ProgramFileException(file.path(), "does not say what it was made for (" + key + ")");
            }
        }
        if (!facts.get(MAX_BATCH).matches("[1-9][0-9]{0,8}")) {
            throw new ProgramFileException(file.path(), "was made for batches of \"" + facts.get(MAX_BATCH) + "\"");
        }
        return new ProgramOrigin(facts.get(VERSION), Arrays.asList(facts.get(NETWORKS).split(" ")),
                facts.get(WEIGHTS), Integer.parseInt(facts.get(MAX_BATCH)), facts.get(PARAMETERS));
    }

    /** The facts for a file. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(VERSION, version);
        facts.put(NETWORKS, String.join(" ", networks));
        facts.put(WEIGHTS, weights);
        facts.put(MAX_BATCH, Integer.toString(maxBatch));
        facts.put(PARAMETERS, parameters);
        return facts;
    }

    /**
     * Makes sure that a file of this origin serves what is wanted of it.
     *
     * @param wanted one network, and as many frames as it is to take together
     * @throws ProgramFileException naming the first thing that differs
     */
    void requireFor(ProgramFile file, ProgramOrigin wanted) {
        require(file, version.equals(wanted.version), "was made by reluctor " + version + ", and this is "
                + wanted.version);
        String network = wanted.networks.get(0);
        require(file, network.isEmpty() || networks.contains(network), "was made for "
                + (networks.size() == 1 ? "the network" : "the networks") + " of SHA-256 "
                + String.join(", ", networks.stream().map(ProgramOrigin::head).toList()) + ", and this is "
                + head(network));
        require(file, weights.equals(wanted.weights), "was made for " + weights + " weights, and device.weights or"
                + " --weights says " + wanted.weights);
        require(file, maxBatch >= wanted.maxBatch, "was made for batches of at most " + maxBatch + ", and batch.max or"
                + " --batch asks for " + wanted.maxBatch);
        require(file, parameters.equals(wanted.parameters), "was made with other launch parameters (" + parameters
                + "), and this device now has " + wanted.parameters);
    }

    private static void require(ProgramFile file, boolean condition, String otherwise) {
        if (!condition) {
            throw new ProgramFileException(file.path(), otherwise);
        }
    }

    private static String head(String sha256) {
        return sha256.substring(0, Math.min(SHOWN_DIGITS, sha256.length())) + "…";
    }
}
