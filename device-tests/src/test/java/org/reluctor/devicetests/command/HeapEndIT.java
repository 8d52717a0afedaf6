package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.devicelost.FieldSite;

/** A gateway without heap ends, rather than to go on without one of its threads. */
class HeapEndIT {
    /** Of a JVM that ends by -XX:+ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;
    private static final int MOST_BYTES = 268_435_456;

    @TempDir
    Path folder;

    @Test
    void run_packetLargerThanTheHeap_endsWithWordsForItsSupervisor() throws Exception {
        try (FieldSite site = new FieldSite(folder);
                RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(),
                        Map.of("RELUCTOR_JAVA_OPTS", "-Xmx24m"),
                        "broker: {uri: \"" + site.brokerUri() + "\", maximumPacketBytes: " + MOST_BYTES + "}",
                        "frame: {maxBytes: " + MOST_BYTES + "}")) {
            site.sensor().publish("reluctor/v1/" + FieldSite.SENSOR + "/frame", new byte[40 << 20], 0, null);
            CommandResult ended = gateway.process().await(Duration.ofSeconds(30));
            assertEquals(OUT_OF_MEMORY, ended.status(), ended.err());
            assertTrue(ended.err().contains("reluctor: out of memory, ends. A larger heap is allowed by"), ended.err());
        }
    }
}
