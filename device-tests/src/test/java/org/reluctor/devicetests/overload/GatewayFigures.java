package org.reluctor.devicetests.overload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.command.RunningGateway;

/** What a gateway process takes of memory and processors, read from its metrics and by the JDK's jcmd. One thread. */
final class GatewayFigures {
    private static final double MEGABYTE = 1e6;

    private final RunningGateway gateway;
    private double mostInFlight;
    private double mostHeapMb;
    private double mostResidentMb;
    private double mostLiveHeapMb;

    GatewayFigures(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** Looks once, and remembers the most of everything. */
    void look() throws IOException, InterruptedException {
        mostInFlight = Math.max(mostInFlight, gateway.metric("reluctor_frames_in_flight"));
        mostHeapMb = Math.max(mostHeapMb, gateway.metric("jvm_memory_used_bytes") / MEGABYTE);
        mostResidentMb = Math.max(mostResidentMb, gateway.metric("process_resident_memory_bytes") / MEGABYTE);
    }

    /** Heap in use right behind a full collection, MB: what is really held. */
    double liveHeapMb() throws IOException, InterruptedException {
        Process collection = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(gateway.process().pid()), "GC.run").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!collection.waitFor(20, TimeUnit.SECONDS) || collection.exitValue() != 0) {
            throw new IOException("jcmd GC.run failed");
        }
        double live = gateway.metric("jvm_memory_used_bytes") / MEGABYTE;
        mostLiveHeapMb = Math.max(mostLiveHeapMb, live);
        return live;
    }

    /** Processor time of the process so far. */
    Duration processorTime() {
        return ProcessHandle.of(gateway.process().pid()).flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    double mostInFlight() {
        return mostInFlight;
    }

    double mostHeapMb() {
        return mostHeapMb;
    }

    double mostResidentMb() {
        return mostResidentMb;
    }

    double mostLiveHeapMb() {
        return mostLiveHeapMb;
    }
}
