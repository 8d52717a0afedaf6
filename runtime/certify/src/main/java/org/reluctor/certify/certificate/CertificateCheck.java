package org.reluctor.certify.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.KeptBounds;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.bound.SlopeProof;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.Probe;
import org.reluctor.certify.property.ProbeStatement;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.RecoveryStatement;
import org.reluctor.network.RecoveryNetwork;

/**
 * Derives every bound of a certificate again, from the network, the input set and the multipliers, without a solver and
 * without a search: one backward pass a bound. Java's arithmetic is the same everywhere, so that what was derived must
 * be what is stated, to the last bit; anything else was altered.
 */
public final class CertificateCheck {
    private final RecoveryNetwork network;

    public CertificateCheck(RecoveryNetwork network) {
        this.network = network;
    }

    /**
     * Checks a certificate.
     *
     * @return the certificate, proven
     * @throws CertificateException if any of it is not so
     */
    public Certificate check(byte[] content) {
        CertificateReader.Claim claim = CertificateReader.read(content);
        Certificate stated = claim.certificate();
        if (!stated.networkSha256().equals(network.sha256())) {
            throw new CertificateException("networkSha256 is " + stated.networkSha256()
                    + ", of another network; must be " + network.sha256());
        }
        Map<String, Object> summary = CertificateText.summary(stated);
        if (summary.isEmpty() || !summary.keySet().equals(claim.summary().keySet())) {
            throw new CertificateException("holds the fields " + claim.summary().keySet() + "; must be "
                    + summary.keySet());
        }
        RecoveryStatement statement = statement(stated);
        LayerBounds bounds = Certifier.hidden(statement, stated.execution(), BoundProgress.NONE,
                KeptBounds.NONE);
        Map<Property, ProvenBox> derived = new LinkedHashMap<>();
        stated.bounds().forEach((property, proven) -> derived.put(property,
                derive(bounds, property, property.layer(statement), proven)));
        Certificate proven = new Certificate(stated.networkSha256(), stated.signals(), stated.execution(), derived,
                stated.gain().map(gain -> NoiseGain.of(statement, bounds)), probes(stated));
        CertificateText.summary(proven)
                .forEach((field, value) -> requireSame(field, value, claim.summary().get(field)));
        return proven;
    }

    private List<Probe> probes(Certificate stated) {
        if (stated.probes().isEmpty()) {
            return List.of();
        }
        if (stated.execution() != Execution.FLOAT32) {
            throw new CertificateException("probes are there, and execution is not float32; must be");
        }
        ProbeStatement statement = new ProbeStatement(network);
        List<Probe> derived = new ArrayList<>();
        for (Probe probe : stated.probes()) {
            String what = "probe " + derived.size();
            if (probe.y().length != network.metadata().m()) {
                throw new CertificateException(what + " has " + probe.y().length + " measurements; must have "
                        + network.metadata().m());
            }
            derived.add(statement.prove(probe.y()));
            Box box = derived.get(derived.size() - 1).interval();
            requireSame(what + " low", box.low(), probe.interval().low());
            requireSame(what + " high", box.high(), probe.interval().high());
        }
        return derived;
    }

    private RecoveryStatement statement(Certificate stated) {
        try {
            return new RecoveryStatement(network, stated.signals(), stated.execution());
        } catch (IllegalArgumentException wrong) {
            throw new CertificateException("inputSet: " + wrong.getMessage(), wrong);
        }
    }

    private static ProvenBox derive(LayerBounds bounds, Property property, int layer, ProvenBox stated) {
        int size = bounds.graph().layer(layer).size();
        int slopes = SlopeProof.count(bounds, layer);
        for (List<SlopeProof> proofs : List.of(stated.highs(), stated.lows())) {
            if (proofs.size() != size || proofs.stream().anyMatch(proof -> proof.bytes().length != slopes)) {
                throw new CertificateException(property.word() + ": multipliers do not fit the network's bounds for"
                        + " this input set; must be " + slopes + " bytes for each of " + size + " elements");
            }
        }
        ProvenBox derived = ProvenBox.derive(bounds, layer, stated.highs(), stated.lows());
        requireSame(property.word() + " low", derived.box().low(), stated.box().low());
        requireSame(property.word() + " high", derived.box().high(), stated.box().high());
        return derived;
    }

    private static void requireSame(String what, double[] derived, double[] stated) {
        if (stated.length != derived.length) {
            throw new CertificateException(what + " has " + stated.length + " elements; must have " + derived.length);
        }
        for (int at = 0; at < derived.length; at++) {
            if (stated[at] != derived[at]) {
                throw new CertificateException(what + " of element " + at + " is stated as " + stated[at]
                        + "; proven is " + derived[at]);
            }
        }
    }

    private static void requireSame(String field, Object derived, JsonNode stated) {
        if (derived instanceof Map<?, ?> map && stated.size() == map.size()) {
            map.forEach((key, value) -> {
                JsonNode inner = stated.get((String) key);
                requireSame(field + "." + key, value, inner == null ? stated : inner);
            });
        } else if (!stated.isNumber() || stated.doubleValue() != (Double) derived) {
            throw new CertificateException(field + " is " + stated + "; the bounds give " + derived);
        }
    }
}
