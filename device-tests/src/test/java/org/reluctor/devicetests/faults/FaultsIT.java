package org.reluctor.devicetests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;

/** A short run of device-tests/bin/faults: each kind but those that take their time, once. */
@Alone
class FaultsIT {
    private static final String KINDS = "runtime-killed,broker-killed,both-killed,sessions-lost,link-cuts,half-open,"
            + "downstream-away,signal-denied,quota-exceeded,receive-maximum-one,packet-too-large,clock-jump,disk-full,"
            + "device-lost,poison-frame";

    @TempDir
    Path folder;

    @Test
    void gateways_oneFaultOfEachKind_loseAndDisorderNothing() throws Exception {
        FaultOptions options = FaultOptions.parse("--rounds", "15", "--kinds", KINDS, "--seed", "11", "--frames", "1",
                "--rate", "100");
        List<String> progress = new ArrayList<>();
        FaultOutcome outcome = new FaultRun(options, folder, line -> {
            synchronized (progress) {
                progress.add(line);
            }
        }).run();
        assertEquals(List.of(), outcome.wrongs(), () -> String.join("\n", progress));
        assertTrue(outcome.isGood(), () -> String.join("\n", progress));
        assertEquals(options.kinds().size(), outcome.records().stream().map(FaultRecord::kind)
                .collect(Collectors.toSet()).size());
        assertTrue(outcome.verdict().frames() > 1000, outcome::table);
    }
}
