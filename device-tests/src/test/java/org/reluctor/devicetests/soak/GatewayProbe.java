package org.reluctor.devicetests.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.endurance.LinuxProcess;

/**
 * Looks at a gateway's process from outside: Linux tells memory, descriptors and threads, which costs the gateway
 * nothing; {@code jcmd} has it collect its garbage and tells what is left.
 */
final class GatewayProbe {
    private static final Pattern HEAP = Pattern.compile("(?:def new|tenured) generation .* used (\\d+)K");
    private static final long PATIENCE_SECONDS = 30;

    private final LinuxProcess process;
    private final RunningGateway gateway;
    private final Path commands;
    private final Path answer;

    /** @param folder for the files that jcmd reads and writes */
    GatewayProbe(RunningGateway gateway, Path folder) throws IOException {
        this.gateway = gateway;
        this.process = LinuxProcess.of(gateway.process().pid());
        // The second collection takes what the first left to cleaners.
        this.commands = Files.write(folder.resolve("jcmd.in"), List.of("GC.run", "GC.run", "GC.heap_info"));
        this.answer = folder.resolve("jcmd.out");
    }

    /** Memory of the process, descriptors and threads. */
    Map<Figure, Double> outside() throws IOException {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(Figure.RESIDENT, Figure.RESIDENT.inUnits(process.residentBytes()));
        values.put(Figure.THREADS, (double) process.threads());
        values.put(Figure.HANDLES, (double) process.handles());
        return values;
    }

    /** What lives on its heap, and on its device. */
    Map<Figure, Double> inside() throws IOException, InterruptedException {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(Figure.HEAP, Figure.HEAP.inUnits(1024 * liveHeapKib()));
        values.put(Figure.DEVICE_OBJECTS, gateway.metric("reluctor_device_objects"));
        values.put(Figure.DEVICE_MEMORY, Figure.DEVICE_MEMORY.inUnits(gateway.metric("reluctor_device_buffer_bytes")));
        return values;
    }

    private double liveHeapKib() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        Process asking = new ProcessBuilder(jcmd, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC",
                Long.toString(gateway.process().pid()), "-f", commands.toString()).redirectErrorStream(true)
                .redirectOutput(answer.toFile()).start();
        if (!asking.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            asking.destroyForcibly();
            throw new IOException("jcmd does not answer");
        }
        Matcher used = HEAP.matcher(Files.readString(answer));
        double sum = 0;
        int generations = 0;
        for (; used.find(); generations++) {
            sum += Double.parseDouble(used.group(1));
        }
        if (generations != 2) {
            throw new IOException("jcmd does not tell the use of two generations of the heap: "
                    + Files.readString(answer));
        }
        return sum;
    }
}
