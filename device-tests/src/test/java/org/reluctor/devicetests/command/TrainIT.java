package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/** {@code reluctor train} on a device, as a user starts it, on small records. */
class TrainIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int RECORDS = 6;
    private static final int SAMPLES = 6000;

    @TempDir
    Path folder;
    private Path data;

    @BeforeEach
    void writeRecords() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Random random = new Random(3);
        for (int record = 0; record < RECORDS; record++) {
            byte[] bytes = new byte[2 * SAMPLES];
            double[] signal = new double[SAMPLES];
            for (int beat = random.nextInt(40); beat < SAMPLES - 20; beat += 40 + random.nextInt(20)) {
                for (int at = beat; at < beat + 20; at++) {
                    signal[at] += (150 + 20 * record) * Math.exp(-(at - beat - 10) * (at - beat - 10) / 8.0);
                }
            }
            for (int at = 0; at < SAMPLES; at++) {
                int sample = 1024 + (int) Math.round(signal[at] + 20 * Math.sin(0.02 * at));
                bytes[2 * at] = (byte) sample;
                bytes[2 * at + 1] = (byte) (sample >> 8);
            }
            Files.write(data.resolve("r" + record + ".dat"), bytes);
            Files.writeString(data.resolve("r" + record + ".hea"), "r" + record + " 1 360 " + SAMPLES + "\nr" + record
                    + ".dat 16 200 12 1024\n", StandardCharsets.US_ASCII);
        }
    }

    private String[] command(String output, String... further) {
        List<String> words = new ArrayList<>(List.of("train", "--data", data.toString(), "--window", "64", "--exclude",
                "r5", "--held-out", "r0", "--seed", "2", "--json", "--output", folder.resolve(output).toString()));
        words.addAll(List.of(further));
        return words.toArray(String[]::new);
    }

    private JsonNode train(String output, String... further) throws Exception {
        return CommandResult.parse(ReluctorProcess.run(folder, LIMIT, command(output, further)).expect(0).out());
    }

    @Test
    void train_killedAndResumed_givesTheBytesOfAnUninterruptedRun() throws Exception {
        String[] settings = {"--architecture", "dense", "--hidden", "32", "--phases", "2", "--steps", "600", "--batch",
            "64", "--validate-every", "200", "--quantise", "int8"};
        JsonNode whole = train("net.onnx", settings);
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Path checkpoint = killed.resolve("checkpoint");
        List<String> kept = new ArrayList<>(List.of(settings));
        kept.addAll(List.of("--checkpoint", checkpoint.toString(), "--checkpoint-every", "10"));
        String[] again = command("killed/net.onnx", kept.toArray(String[]::new));
        try (ReluctorProcess process = ReluctorProcess.start(folder, again)) {
            while (!Files.exists(checkpoint)) {
                assertTrue(process.isAlive(), process.err());
                TimeUnit.MILLISECONDS.sleep(2);
            }
            process.kill();
        }
        assertFalse(Files.exists(killed.resolve("net.onnx")), "it ended before it was killed");
        kept.add("--resume");
        CommandResult resumed = ReluctorProcess.run(folder, LIMIT, command("killed/net.onnx",
                kept.toArray(String[]::new))).expect(0);
        Matcher from = Pattern.compile("goes on behind step (\\d+)").matcher(resumed.err());
        assertTrue(from.find(), resumed.err());
        assertArrayEquals(Files.readAllBytes(folder.resolve("net.onnx")),
                Files.readAllBytes(killed.resolve("net.onnx")));
        checkFile(whole);
    }

    /** What the report and the file say about each other. */
    private void checkFile(JsonNode report) {
        RecoveryNetwork network = OnnxReader.read(folder.resolve("net.onnx"));
        NetworkMetadata metadata = network.metadata();
        assertEquals(network.sha256(), report.get("sha256").asText());
        assertEquals("adam", report.get("method").asText());
        assertEquals(16, metadata.m());
        assertEquals(2 * (2 * 64 * 32 + 32 + 64), metadata.provenance().parameters());
        assertEquals("r0", report.get("validation").get("records").get(0).get("name").asText());
        double prd = report.get("validation").get("meanPrd").asDouble();
        assertTrue(prd < report.get("validation").get("meanPrdLinear").asDouble(), report.toString());
        assertTrue(metadata.provenance().figures().contains(String.format(Locale.ROOT, "%.3f", prd)));
        assertTrue(metadata.provenance().by().contains("--exclude r5 --held-out r0 --validation r"));
        assertFalse(metadata.provenance().by().contains(folder.toString()), metadata.provenance().by());
    }

    @Test
    void train_unrectifiedThenPolished_reportsIterationsAndPremise() throws Exception {
        JsonNode report = train("al.onnx", "--method", "al", "--hidden", "24,16", "--steps", "40", "--lead", "0.9",
                "--shard-samples", "80", "--samples", "320", "--polish-steps", "20", "--batch", "32");
        assertTrue(report.get("constraint").asDouble() <= 1e-3, report.toString());
        assertTrue(report.get("iterations").size() >= 1);
        assertEquals(4, report.get("iterations").get(0).get("constraints").size());
        assertTrue(report.get("premise").asText().contains("LICQ"));
        assertTrue(report.get("objective").asDouble() < 0.5, "better than the affine recovery");
        assertEquals(20, report.get("polish").get("steps").asInt());
        RecoveryNetwork network = OnnxReader.read(folder.resolve("al.onnx"));
        assertTrue(network.matrix().isPresent() && network.estimate().isPresent());
    }
}
