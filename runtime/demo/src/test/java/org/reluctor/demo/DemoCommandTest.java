package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Main;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Value;

/** What the command refuses before it touches a device or a broker. */
class DemoCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_always_namesTheOptionsAndTheExitStatuses() {
        assertEquals(ExitStatus.OK, run("--help"));
        for (String word : new String[] {"--seconds", "--rate", "--broker", "--port", "--json", "Exit status"}) {
            assertTrue(out.toString().contains(word), word);
        }
    }

    @Test
    void seconds_outOfRange_isWrongUsage() {
        assertEquals(ExitStatus.USAGE, run("--seconds", "0"));
        assertTrue(err.toString().contains("--seconds: 0 is out of range; must be 1 to 86400"), err.toString());
    }

    @Test
    void rate_notANumber_isWrongUsage() {
        assertEquals(ExitStatus.USAGE, run("--rate", "NaN"));
        assertTrue(err.toString().contains("--rate"), err.toString());
    }

    @Test
    void broker_thatIsNoAddress_isWrongUsage() throws Exception {
        String model = model(MeasurementMatrix.sparseBinary(8, 16, 2, 3));
        for (String broker : new String[] {"localhost", "tcp://localhost", "http://localhost:1883", "tcp://a b:1"}) {
            assertEquals(ExitStatus.USAGE, run("--model", model, "--broker", broker), broker);
        }
        assertTrue(err.toString().contains("--broker: "), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
    }

    @Test
    void model_thatIsMissing_isNamed() {
        assertEquals(ExitStatus.NO_INPUT, run("--model", "nowhere.onnx"));
        assertTrue(err.toString().contains("nowhere.onnx: no such file"), err.toString());
    }

    @Test
    void model_withoutAMatrix_isRefusedWithTheReason() throws Exception {
        assertEquals(ExitStatus.DATA, run("--model", model(null)));
        assertTrue(err.toString().contains("names no measurement matrix"), err.toString());
    }

    @Test
    void port_thatIsTaken_isSaidSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            String model = model(MeasurementMatrix.sparseBinary(8, 16, 2, 3));
            assertEquals(ExitStatus.UNAVAILABLE, run("--model", model, "--port", port));
            assertTrue(err.toString().contains("--port: " + port + " on 127.0.0.1 cannot be used"), err.toString());
        }
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "demo";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private String model(MeasurementMatrix matrix) throws IOException {
        NetworkBuilder builder = new NetworkBuilder("small");
        Value y = builder.input("y", 8);
        builder.output(builder.matMul(y, builder.constant("w", new float[8 * 16], 8, 16)), "x");
        NetworkMetadata metadata = NetworkMetadata.of(16, 8, 1).withSignal(Double.NaN, "mV")
                .withMatrix(matrix == null ? "" : "phi", matrix == null ? "" : matrix.id());
        Path file = folder.resolve("small.onnx");
        OnnxWriter.write(builder.build(metadata, matrix), file);
        return file.toString();
    }
}
