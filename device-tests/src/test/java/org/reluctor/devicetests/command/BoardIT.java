package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code devices --check} and {@code selftest} on this machine, whole and with its driver taken away or spoilt. */
class BoardIT {
    private static final Duration LIMIT = Duration.ofSeconds(300);

    @TempDir
    Path folder;

    @Test
    void check_machineThatComputes_saysSoAndNamesNothingToMend() throws Exception {
        JsonNode result = check(0, Map.of());
        assertTrue(result.get("computes").asBoolean());
        assertEquals(List.of(), texts(result, "bad"));
    }

    @Test
    void check_noDriverRegistered_namesOneToInstall() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("vendors"));
        JsonNode result = check(69, Map.of("OCL_ICD_VENDORS", empty.toString()));
        assertTrue(texts(result, "bad").get(0).startsWith("no OpenCL driver is registered"), result.toString());
        assertTrue(result.toString().contains("apt-get install pocl-opencl-icd"), result.toString());
    }

    @Test
    void check_oneLibraryMissingAndOneThatIsNoDriver_tellsBothApart() throws Exception {
        Path vendors = Files.createDirectory(folder.resolve("vendors"));
        Files.writeString(vendors.resolve("gone.icd"), "libnvidia-opencl.so.1\n");
        Files.writeString(vendors.resolve("other.icd"), "libc.so.6\n");
        JsonNode result = check(69, Map.of("OCL_ICD_VENDORS", vendors.toString()));
        List<String> bad = texts(result, "bad");
        assertTrue(bad.stream().anyMatch(text -> text.contains("gone.icd names libnvidia-opencl.so.1, which is not")),
                bad.toString());
        assertTrue(bad.stream().anyMatch(text -> text.contains("other.icd alone: shows no device")), bad.toString());
    }

    @Test
    void selftest_networkOfOnesOwnWithoutBroker_passesAndLeavesTheLoopOut() throws Exception {
        Path model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        JsonNode result = ReluctorProcess.run(folder, LIMIT, "selftest", "--model", model.toString(), "--seconds",
                "0.1", "--broker", "tcp://127.0.0.1:9", "--json").expect(0).json("version", "board", "device",
                "passed", "failed", "skipped", "latencyP50Us", "latencyP99Us", "checks");
        assertEquals(0, result.get("failed").asInt(), result.toString());
        assertEquals(1, result.get("skipped").asInt(), result.toString());
        assertTrue(result.get("passed").asInt() > 30, result.toString());
        assertTrue(result.get("latencyP99Us").asDouble() >= result.get("latencyP50Us").asDouble());
    }

    private JsonNode check(int status, Map<String, String> environment) throws Exception {
        try (ReluctorProcess process = ReluctorProcess.start(folder, environment,
                List.of("devices", "--check", "--json"))) {
            return process.await(LIMIT).expect(status).json("computes", "findings");
        }
    }

    private static List<String> texts(JsonNode result, String level) {
        List<String> texts = new ArrayList<>();
        for (JsonNode finding : result.get("findings")) {
            if (finding.get("level").asText().equals(level)) {
                texts.add(finding.get("text").asText());
            }
        }
        return texts;
    }
}
