package org.reluctor.devicetests.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.devicelost.FieldSite;
import org.reluctor.devicetests.devicelost.NumberedFrames;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.Mac0Writer;

/** {@code reluctor run} whose disk is full: at the start, or from some time on. */
class DiskFullIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OTHER = RunningGateway.SITE + "/sensor-2";
    private static final String KEYS = "sensors: {keysFolder: keys}";
    private static final int FRAMES = 20;

    @TempDir
    Path folder;

    private final FrameKey key = new FrameKey(new byte[FrameKey.BYTES]);
    private final Mac0Writer envelopes = new Mac0Writer();
    private final NumberedFrames others = new NumberedFrames(OTHER, 1);
    private SmallDisk disk;
    private FieldSite site;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(SmallDisk.isPossible(), "this user cannot mount a disk to fill");
        disk = SmallDisk.mount(folder.resolve("disk"), 16);
        site = new FieldSite(folder);
        Path keys = Files.createDirectories(folder.resolve("keys"));
        for (String sensor : List.of(FieldSite.SENSOR, OTHER)) {
            Path file = keys.resolve(sensor + ".key");
            Files.createDirectories(file.getParent());
            Files.writeString(file, HexFormat.of().formatHex(new byte[FrameKey.BYTES]) + "\n");
        }
    }

    @AfterEach
    void close() throws IOException {
        if (site != null) {
            site.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    /** All that the runtime and its driver write. */
    private Map<String, String> onDisk() {
        return Map.of("POCL_CACHE_DIR", disk.folder().resolve("pocl").toString());
    }

    private String device() {
        return "device: {cacheFolder: " + disk.folder().resolve("kernels") + ", stateFolder: "
                + disk.folder().resolve("state") + "}";
    }

    @Test
    void gateway_diskFullWhileItRuns_goesOnAndRefusesReplaysAlsoAfterARestart() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(), onDisk(), KEYS, device())) {
            send(0, FRAMES);
            disk.fill();
            send(FRAMES, 2 * FRAMES);
            awaitSignals(2 * FRAMES);
            assertEquals(0, gateway.metric("reluctor_replay_mark_failures_total"));
            assertEquals(200, gateway.page("/readyz").statusCode());
        }
        // Killed. What is compiled is there; nothing more has to be written.
        try (RunningGateway next = RunningGateway.start(folder, site.brokerUri(), onDisk(), KEYS, device())) {
            send(0, 2 * FRAMES);
            site.until("replays refused", () -> duplicates(next) >= 4 * FRAMES);
            send(2 * FRAMES, 3 * FRAMES);
            awaitSignals(3 * FRAMES);
            assertEquals(0, site.signals().repeated());
            assertEquals(List.of(), site.signals().wrong());
        }
    }

    private void send(int from, int to) throws InterruptedException {
        for (int seq = from; seq < to; seq++) {
            site.sensor().publish(FieldSite.SENSOR, envelopes.write(site.frames().frame(seq), FieldSite.SENSOR, key));
            site.sensor().publish(OTHER, envelopes.write(others.frame(seq), OTHER, key));
        }
    }

    private void awaitSignals(int each) throws InterruptedException {
        site.until(each + " signals each", () -> site.signals().distinct(FieldSite.SENSOR) == each
                && site.signals().distinct(OTHER) == each);
    }

    private static double duplicates(RunningGateway gateway) {
        try {
            return gateway.metric("reluctor_frames_duplicate_total");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void gateway_startedOnAFullDisk_isRefusedInOneLineThatNamesThePlace() throws Exception {
        for (String place : List.of("pocl", "kernels", "state")) {
            Files.createDirectories(disk.folder().resolve(place));
        }
        disk.fill();
        assertRefused("the disk of PoCL's kernel cache " + disk.folder().resolve("pocl"), onDisk());
        assertRefused(disk.folder().resolve("state") + "/replay-marks", Map.of());
    }

    private void assertRefused(String words, Map<String, String> environment) throws Exception {
        String state = environment.isEmpty() ? "device: {cacheFolder: kernels, stateFolder: "
                + disk.folder().resolve("state") + "}" : device();
        Path configuration = RunningGateway.configuration(folder, site.brokerUri(), KEYS, state);
        try (ReluctorProcess process = ReluctorProcess.start(folder, environment,
                List.of("run", "--config", configuration.toString()))) {
            CommandResult ended = process.await(LIMIT).expect(ExitStatus.CANNOT_CREATE);
            List<String> refusals = ended.err().lines().filter(line -> line.startsWith("reluctor: ")).toList();
            assertEquals(1, refusals.size(), ended.err());
            assertTrue(refusals.get(0).contains(words), ended.err());
        }
    }

    /** Nobody reads what it says, and nothing can be written where it says it. */
    @Test
    void gateway_logToAFullDisk_goesOnAndEndsInOrder() throws Exception {
        Path configuration = RunningGateway.configuration(folder, site.brokerUri());
        List<String> starter = List.of("sh", "-c", "exec \"$@\" 2>/dev/full", "sh");
        try (ReluctorProcess process = ReluctorProcess.startUnder(starter, folder, Map.of(),
                List.of("run", "--config", configuration.toString()))) {
            site.awaitOnline();
            site.send(FRAMES);
            site.awaitAll();
            process.terminate();
            process.await(LIMIT).expect(ExitStatus.OK);
        }
    }

    @Test
    void gateway_logToAClosedPipe_goesOnAndEndsInOrder() throws Exception {
        Path configuration = RunningGateway.configuration(folder, site.brokerUri());
        Path pipe = folder.resolve("pipe");
        // The pipe's reader is gone at once.
        List<String> starter = List.of("sh", "-c", "mkfifo " + pipe + "; true <" + pipe + " & exec \"$@\" 2>" + pipe,
                "sh");
        try (ReluctorProcess process = ReluctorProcess.startUnder(starter, folder, Map.of(),
                List.of("run", "--config", configuration.toString()))) {
            site.awaitOnline();
            site.send(FRAMES);
            site.awaitAll();
            process.terminate();
            process.await(LIMIT).expect(ExitStatus.OK);
        }
    }
}
