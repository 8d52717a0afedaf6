package org.reluctor.certify.certificate;

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
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.ProbeStatement;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.RecoveryStatement;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;

/**
 * Proves properties of a network. Hidden layers are bounded backwards with the slopes that their boxes suggest, so that
 * a checker finds the same boxes; the asked elements with slopes searched for each.
 */
public final class Certifier {
    private final RecoveryNetwork network;
    private final int slopeSteps;
    private final Deadline deadline;
    private final BoundProgress progress;

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
        RecoveryStatement statement = new RecoveryStatement(network, signals, execution);
        LayerBounds bounds = hidden(statement, execution, progress);
        Map<Property, ProvenBox> proven = new EnumMap<>(Property.class);
        for (Property property : properties) {
            proven.put(property, ProvenBox.search(bounds, property.layer(statement), slopeSteps, deadline, progress));
        }
        return new Certificate(network.sha256(), signals, execution, proven,
                gain ? Optional.of(NoiseGain.of(statement, bounds)) : Optional.empty(),
                probes ? new ProbeStatement(network).draw(signals) : List.of());
    }

    /** Boxes of all layers, the same for everybody. */
    static LayerBounds hidden(RecoveryStatement statement, Execution execution, BoundProgress progress) {
        LayerBounds bounds = LayerBounds.intervals(statement.graph(), statement.input(), execution);
        new BoundPropagation(bounds, Effort.PLAIN, Deadline.none(), progress).run();
        return bounds;
    }
}
