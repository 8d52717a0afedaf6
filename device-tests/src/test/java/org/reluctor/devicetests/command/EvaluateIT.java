package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.ProjectFiles;

/** {@code reluctor evaluate} on a device gives the figures of the float64 reference. */
class EvaluateIT {
    private static final String SHIPPED = "config/models/ecg-256x64-ista.onnx";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Of a figure: the recovery's error is thousands of times that of float32. */
    private static final double TOLERANCE = 1e-4;
    private static final int SAMPLES = 256 * 40 + 100;

    @TempDir
    Path folder;

    @Test
    void evaluate_recordOfPulses_hasTheFiguresOfTheReference() throws Exception {
        writeRecord("pulses");
        JsonNode device = evaluate();
        JsonNode reference = evaluate("--reference");
        assertEquals("reference", reference.get("device").asText());
        assertNotEquals("reference", device.get("device").asText());
        assertEquals(41, device.get("windows").asInt());
        double prd = reference.get("meanPrd").asDouble();
        System.out.printf("evaluate: PRD %.6f %% on the device, %.6f %% by the reference%n",
                device.get("meanPrd").asDouble(), prd);
        assertTrue(prd > 1 && prd < 60, "PRD " + prd);
        assertEquals(prd, device.get("meanPrd").asDouble(), TOLERANCE * prd);
        assertEquals(reference.get("records").get(0).get("snr").asDouble(),
                device.get("records").get(0).get("snr").asDouble(), 1e-3);
    }

    private JsonNode evaluate(String... further) throws Exception {
        String[] command = Stream.concat(Stream.of("evaluate", "--model", ProjectFiles.resolve(SHIPPED).toString(),
                "--data", folder.toString(), "--kind", "wfdb", "--quantise", "int16", "--batch", "16", "--json"),
                Stream.of(further)).toArray(String[]::new);
        return ReluctorProcess.run(folder, LIMIT, command).expect(0).json("records", "meanPrd", "meanPrdn",
                "meanSnr", "meanPsnr", "meanSsim", "conditions", "parameters", "n", "m", "matrix", "windows", "device",
                "weights", "seconds", "model", "sha256");
    }

    /** A pulse of three waves every 0.8 s, in steps of 1/200 mV about 1024, WFDB format 16. */
    private void writeRecord(String name) throws IOException {
        byte[] bytes = new byte[2 * SAMPLES];
        for (int at = 0; at < SAMPLES; at++) {
            double time = at / 360.0 % 0.8;
            double value = bump(time, 0.2, 0.025, 0.15) + bump(time, 0.36, 0.01, 1.2) + bump(time, 0.6, 0.04, 0.3);
            int sample = (int) Math.round(1024 + 200 * value);
            bytes[2 * at] = (byte) sample;
            bytes[2 * at + 1] = (byte) (sample >> 8);
        }
        Files.write(folder.resolve(name + ".dat"), bytes);
        Files.writeString(folder.resolve(name + ".hea"), name + " 1 360 " + SAMPLES + "\n" + name
                + ".dat 16 200 12 1024\n", StandardCharsets.US_ASCII);
    }

    private static double bump(double time, double centre, double width, double height) {
        double distance = (time - centre) / width;
        return height * Math.exp(-distance * distance / 2);
    }
}
