package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.certificate.LimitsReader;
import org.reluctor.app.certificate.UnfitCertificateException;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Certificates as a gateway reads them, of a network of 3 samples and 2 measurements. What is read can be used. */
class LimitsFuzzTest {
    /** A reader of JSON with its buffers, and one with 64 numbers for each array however short. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(16 << 20, 1 << 10, UnfitCertificateException.class);
    private static final RecoveryNetwork NETWORK = network();

    private static RecoveryNetwork network() {
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(2, 3, 1, 7);
        NetworkBuilder builder = new NetworkBuilder("net");
        Value y = builder.input("y", 2);
        builder.output(builder.matMul(y, builder.constant("phi", matrix.toArray(), 2, 3)), "x");
        return builder.build(NetworkMetadata.of(3, 2, 1).withMatrix("phi", matrix.id()), matrix);
    }

    static Stream<byte[]> seeds() {
        String head = "{\"format\":\"" + CertificateFiles.FORMAT + "\",\"networkSha256\":\"" + NETWORK.sha256()
                + "\",\"inputSet\":{\"basis\":null,\"noise\":0},\"execution\":\"float32\",\"method\":\"m\"";
        String whole = head + ",\"range\":{\"low\":-1.0,\"high\":2.5},\"residualLimit\":2.0,\"consistencyLimit\":5e-1,"
                + "\"properties\":[{\"property\":\"range\",\"low\":[-1.0,0,0],\"high\":[1,1,2.5],\"slopesLow\":[\"\"]},"
                + "{\"property\":\"residual\",\"low\":[-2,0],\"high\":[2,0]},"
                + "{\"property\":\"consistency\",\"low\":[-0.5,0],\"high\":[0.5,0]}],"
                + "\"probes\":[{\"y\":[1,2],\"low\":[0,0,-3],\"high\":[1,1,1e3]}]}";
        return Stream.of(head + "}", whole, whole.replace("[1,2]", "[1,\"two\\n\"]"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void limits(byte[] input) throws Exception {
        CertifiedLimits limits = PROMISE.read(input.length, () -> LimitsReader.read(input, NETWORK, "n.json"));
        if (limits == null) {
            return;
        }
        limits.rangeFlag(new float[3], 0);
        limits.residualFlag(new float[2], 0, 1);
        limits.consistencyFlag(NETWORK.matrix().orElseThrow(), new float[3], 0, new float[2], 0, new float[2]);
        limits.probes().forEach(probe -> probe.interval().firstOutside(new float[3], 0));
        if (limits.describe().lines().count() != 1) {
            throw new AssertionError("a description of several lines: " + limits.describe());
        }
    }
}
