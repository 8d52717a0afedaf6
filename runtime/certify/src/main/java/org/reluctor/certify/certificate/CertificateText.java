package org.reluctor.certify.certificate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.Gain;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.bound.SlopeProof;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.Probe;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.SignalClass;

/**
 * A certificate as JSON. Numbers are written so that reading gives the same float64; slopes and the basis (float64,
 * little-endian, row-major) as Base64. {@code range} and {@code residualLimit} are what a gateway needs: the least and
 * largest sample in the signal's unit, and the largest ‖y - Φx̃‖₂ in the unit of Φx, which is a signal's residual times
 * ‖y‖₂. {@code consistencyLimit} is that of y - Φx̂, of the signal itself. {@code noiseGain} is derived from network
 * and input set alone, and has no multipliers; {@code probes} are derived from their measurements.
 */
public final class CertificateText {
    /** How bounds are proven, as certificates name it. */
    public static final String METHOD = "backward linear bounds, slopes optimised";

    private CertificateText() {
    }

    /** One line. */
    public static String of(Certificate certificate) {
        Map<String, Object> map = JsonText.map("format", CertificateFiles.FORMAT,
                "networkSha256", certificate.networkSha256(),
                "inputSet", inputSet(certificate.signals()),
                "execution", certificate.execution().name().toLowerCase(Locale.ROOT), "method", METHOD);
        map.putAll(summary(certificate));
        List<Object> properties = new ArrayList<>();
        certificate.bounds().forEach((property, proven) -> properties.add(property(property, proven)));
        map.put("properties", properties);
        if (!certificate.probes().isEmpty()) {
            map.put("probes", certificate.probes().stream().map(CertificateText::probe).toList());
        }
        return JsonText.of(map) + "\n";
    }

    /** What a gateway reads, by what was proven. */
    static Map<String, Object> summary(Certificate certificate) {
        Map<String, Object> map = JsonText.map();
        certificate.bounds().forEach((property, proven) -> {
            Box box = proven.box();
            switch (property) {
                case RANGE -> map.put("range", JsonText.map("low", Certificate.least(box),
                        "high", Certificate.most(box)));
                case RESIDUAL -> map.put("residualLimit", Certificate.norm(box));
                case CONSISTENCY -> map.put("consistencyLimit", Certificate.norm(box));
                case ERROR -> map.put("errorLimit", Certificate.norm(box));
                default -> throw new IllegalStateException(property.word());
            }
        });
        certificate.gain().ifPresent(gain -> map.put("noiseGain", gain(gain)));
        return map;
    }

    /** A gain as certificates and reports state it. */
    public static Map<String, Object> gain(NoiseGain gain) {
        return JsonText.map("local", gain(gain.local()), "global", gain(gain.global()));
    }

    private static Map<String, Object> gain(Gain gain) {
        return JsonText.map("l2", gain.l2(), "linf", gain.linf());
    }

    private static Map<String, Object> inputSet(SignalClass signals) {
        return JsonText.map("basis", signals.basis() == null ? null : base64(signals.basis()),
                "low", numbers(signals.coefficients().low()), "high", numbers(signals.coefficients().high()),
                "noise", signals.noise());
    }

    private static Map<String, Object> property(Property property, ProvenBox proven) {
        return JsonText.map("property", property.word(), "low", numbers(proven.box().low()),
                "high", numbers(proven.box().high()), "slopesLow", slopes(proven.lows()),
                "slopesHigh", slopes(proven.highs()));
    }

    private static Map<String, Object> probe(Probe probe) {
        return JsonText.map("y", IntStream.range(0, probe.y().length).mapToObj(at -> (double) probe.y()[at]).toList(),
                "low", numbers(probe.interval().low()), "high", numbers(probe.interval().high()));
    }

    private static List<Double> numbers(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static List<String> slopes(List<SlopeProof> proofs) {
        return proofs.stream().map(proof -> Base64.getEncoder().encodeToString(proof.bytes())).toList();
    }

    private static String base64(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
