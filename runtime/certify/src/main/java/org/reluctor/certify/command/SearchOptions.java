package org.reluctor.certify.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.certificate.CertificateCheck;
import org.reluctor.certify.certificate.CertificateException;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.RecoveryStatement;
import org.reluctor.certify.search.FoundRange;
import org.reluctor.certify.search.GradientSearch;
import org.reluctor.certify.search.RangeSearch;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Option;

/** The search for what leaves a certified range: in float64, and again in float32 on the device. */
final class SearchOptions {
    private static final int BATCH = 256;
    private static final int MOST_STARTS = 100_000_000;

    @Option(names = "--search", paramLabel = "CERTIFICATE",
            description = "Prove this certificate again, then search its signals for one that leaves its bounds: by"
                    + " gradients in float64, the ends once more in float32 on the device.")
    private Path certificate;

    @Option(names = "--starts", paramLabel = "N", defaultValue = "10000",
            description = "With --search: starts (default ${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1",
            description = "With --search: of the starts (default ${DEFAULT-VALUE}).")
    private long seed;

    /** Whether a certificate is to be searched. */
    boolean isAsked() {
        return certificate != null;
    }

    /** Searches and reports; the status says whether anything left the bounds. */
    int search(RecoveryNetwork network, int steps, DeviceOptions device, CommandOutput output,
            ProgressLine progress) {
        if (starts < 1 || starts > MOST_STARTS) {
            throw new Failure(ExitStatus.USAGE, "--starts: " + starts + " is out of range; must be 1 to "
                    + MOST_STARTS);
        }
        final long begin = System.nanoTime();
        Certificate proven = proven(network);
        RecoveryStatement statement = new RecoveryStatement(network, proven.signals(), proven.execution());
        Property property = proven.bounds().containsKey(Property.RANGE) ? Property.RANGE
                : proven.bounds().keySet().iterator().next();
        Map<Property, FoundRange> found = ranges(proven);
        Optional<Box> range = Optional.ofNullable(proven.bounds().get(Property.RANGE)).map(ProvenBox::box);
        FoundRange onDevice = range.map(FoundRange::new).orElse(null);
        int[] layers = proven.bounds().keySet().stream().mapToInt(each -> each.layer(statement)).toArray();
        RangeSearch search = new RangeSearch(new GradientSearch(statement.graph(), statement.input(), steps),
                statement.graph(), seed, layers);
        try (Inference inference = device.inference(network, BATCH)) {
            for (int first = 0; first < starts; first += BATCH) {
                double[][][] ends = new double[Math.min(BATCH, starts - first)][][];
                int from = first;
                search.run(first, first + ends.length, (start, values) -> ends[start - from] = values,
                        (what, done, all) -> progress.advanced(what, from + done, starts));
                for (double[][] values : ends) {
                    found.forEach((each, box) -> box.add(values[each.layer(statement)]));
                }
                if (onDevice != null) {
                    replay(inference, ends, statement.measurements(), onDevice);
                }
            }
            return report(found, onDevice, property, inference.device(), (System.nanoTime() - begin) / 1e9, output);
        }
    }

    private Certificate proven(RecoveryNetwork network) {
        try {
            return new CertificateCheck(network).check(Files.readAllBytes(InputFiles.require(certificate)));
        } catch (CertificateException | RefusedNetworkException | ArithmeticException refused) {
            throw new Failure(ExitStatus.DATA, certificate + ": " + refused.getMessage(), refused);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.NO_INPUT, certificate + ": cannot be read", failed);
        }
    }

    private static Map<Property, FoundRange> ranges(Certificate proven) {
        Map<Property, FoundRange> found = new EnumMap<>(Property.class);
        proven.bounds().forEach((property, bounds) -> found.put(property, new FoundRange(bounds.box())));
        return found;
    }

    /** The ends' measurements, rounded to float32, recovered by the device. */
    private static void replay(Inference inference, double[][][] ends, int measurements, FoundRange found) {
        int size = ends[0][measurements].length;
        float[] y = new float[ends.length * size];
        for (int at = 0; at < y.length; at++) {
            y[at] = (float) ends[at / size][measurements][at % size];
        }
        float[] x = inference.recover(y, ends.length);
        int samples = x.length / ends.length;
        for (int frame = 0; frame < ends.length; frame++) {
            int from = frame * samples;
            found.add(IntStream.range(from, from + samples).mapToDouble(at -> x[at]).toArray());
        }
    }

    private int report(Map<Property, FoundRange> found, FoundRange onDevice, Property first, String device,
            double seconds, CommandOutput output) {
        long left = found.values().stream().mapToLong(FoundRange::left).sum()
                + (onDevice == null ? 0 : onDevice.left());
        found.forEach((property, box) -> line(property.word() + ", float64", box, output));
        if (onDevice != null) {
            line(Property.RANGE.word() + ", " + device, onDevice, output);
        }
        output.line("%d starts in %.1f s: %s", starts, seconds, left == 0 ? "nothing left the certified bounds"
                : left + " ends left the certified bounds");
        List<Map<String, Object>> properties = found.entrySet().stream().map(entry -> json(entry.getKey(),
                entry.getValue())).toList();
        output.result(JsonText.map("property", first.word(), "method", "projected gradient", "verdict",
                left == 0 ? "not left" : "left", "low", null, "high", null, "seconds", seconds, "certificate",
                certificate.toString(), "starts", starts, "left", left, "properties", properties,
                "onDevice", onDevice == null ? null : json(Property.RANGE, onDevice), "device", device));
        return left == 0 ? ExitStatus.OK : ExitStatus.DATA;
    }

    private static void line(String what, FoundRange box, CommandOutput output) {
        output.line("%-24s median width %.5g certified, %.5g found: %.2f times; left by %d", what, box.medianWidth(),
                box.medianSpread(), box.medianWidth() / box.medianSpread(), box.left());
    }

    private static Map<String, Object> json(Property property, FoundRange box) {
        return JsonText.map("property", property.word(), "medianWidth", box.medianWidth(), "medianSpread",
                box.medianSpread(), "ratio", box.medianWidth() / box.medianSpread(), "left", box.left());
    }
}
