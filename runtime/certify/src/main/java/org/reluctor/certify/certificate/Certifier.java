package org.reluctor.certify.certificate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BoundPropagation;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Effort;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.KeptBounds;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.ProbeStatement;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.RecoveryStatement;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.file.Sha256;

/**
 * Proves properties of a network. Hidden layers are bounded backwards with the slopes that their boxes suggest, so that
 * a checker finds the same boxes; the asked elements with slopes searched for each.
 */
public final class Certifier {
    /** Raised whenever boxes or slopes change, be it in the last bit: what was kept of other ones does not go on. */
    static final int DERIVATION = 4;

    private final RecoveryNetwork network;
    private final int slopeSteps;
    private final Deadline deadline;
    private final BoundProgress progress;
    private volatile boolean complete;

    /**
     * @param slopeSteps of the search for each bound, 0 or more
     * @param deadline   of the search; hidden layers are always completed
     */
    public Certifier(RecoveryNetwork network, int slopeSteps, Deadline deadline, BoundProgress progress) {
        this.network = network;
        this.slopeSteps = slopeSteps;
        this.deadline = deadline;
        this.progress = progress;
    }

    /**
     * The certificate of some properties.
     *
     * @throws org.reluctor.certify.graph.RefusedNetworkException if the network cannot be certified
     * @throws ArithmeticException                                if bounds overflow
     */
    public Certificate certify(SignalClass signals, Execution execution, Collection<Property> properties) {
        return certify(signals, execution, properties, false, false);
    }

    /**
     * The same, with the noise gain, and with probes, where they are wanted. Probes are of float32 execution.
     *
     * @throws org.reluctor.certify.graph.RefusedNetworkException if the network cannot be certified
     * @throws ArithmeticException                                if bounds overflow
     */
    public Certificate certify(SignalClass signals, Execution execution, Collection<Property> properties,
            boolean gain, boolean probes) {
        return certify(signals, execution, properties, gain, probes, KeptBounds.NONE);
    }

    /**
     * The same; what is kept is taken, and what is proven is given to be kept.
     *
     * @throws org.reluctor.certify.graph.RefusedNetworkException if the network cannot be certified
     * @throws ArithmeticException                                if bounds overflow
     */
    public Certificate certify(SignalClass signals, Execution execution, Collection<Property> properties,
            boolean gain, boolean probes, KeptBounds kept) {
        RecoveryStatement statement = new RecoveryStatement(network, signals, execution);
        LayerBounds bounds = hidden(statement, execution, progress, kept);
        Map<Property, ProvenBox> proven = new EnumMap<>(Property.class);
        for (Property property : properties) {
            proven.put(property, ProvenBox.search(bounds, property.layer(statement), slopeSteps, deadline, progress,
                    kept));
        }
        complete = !deadline.over();
        return new Certificate(network.sha256(), signals, execution, proven,
                gain ? Optional.of(NoiseGain.of(statement, bounds)) : Optional.empty(),
                probes ? new ProbeStatement(network).draw(signals) : List.of());
    }

    /** Whether the last search ended before its deadline, and is nothing to go on with. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * SHA-256 of all that must be the same for kept bounds to be those of this search.
     *
     * @param version the program's: another one may search, or number its layers, in another way
     */
    public byte[] question(SignalClass signals, Execution execution, String version) {
        return question(signals, execution, version, DERIVATION);
    }

    byte[] question(SignalClass signals, Execution execution, String version, int derivation) {
        MessageDigest digest = Sha256.digest();
        try (DataOutputStream out = new DataOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            out.writeUTF(String.join(" ", version, CertificateText.METHOD, network.sha256(), execution.name(),
                    Integer.toString(slopeSteps), Integer.toString(derivation)));
            out.writeDouble(signals.noise());
            for (double[] values : new double[][] {signals.coefficients().low(), signals.coefficients().high(),
                signals.basis() == null ? new double[0] : signals.basis()}) {
                out.writeInt(values.length);
                for (double value : values) {
                    out.writeDouble(value);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return digest.digest();
    }

    /** Boxes of all layers, the same for everybody. */
    static LayerBounds hidden(RecoveryStatement statement, Execution execution, BoundProgress progress,
            KeptBounds kept) {
        LayerBounds bounds = LayerBounds.intervals(statement.graph(), statement.input(), execution);
        new BoundPropagation(bounds, Effort.PLAIN, Deadline.none(), progress, false, kept).run();
        return bounds;
    }
}
