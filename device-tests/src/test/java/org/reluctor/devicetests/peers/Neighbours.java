package org.reluctor.devicetests.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What other programs, and other guests of the same host, take of this machine's processors while we measure. */
final class Neighbours {
    private static final Path STATISTICS = Path.of("/proc/stat");
    /** Of the kernel's clock in that file, on every architecture. */
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    private double others = othersSeconds();
    private long since = System.nanoTime();

    /** Processors that others kept busy on average since the last call; 0 where the system does not say. */
    double processors() {
        double now = othersSeconds();
        long time = System.nanoTime();
        double share = (now - others) * 1e9 / Math.max(1, time - since);
        others = now;
        since = time;
        return Math.max(0, share);
    }

    private static double othersSeconds() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        try {
            String all = Files.readAllLines(STATISTICS).get(0);
            return busySeconds(all) - system.getProcessCpuTime() / 1e9;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Busy seconds of all processors by the file's first line: cpu user nice system idle iowait irq softirq steal … */
    static double busySeconds(String line) {
        String[] fields = line.trim().split("\\s+");
        double ticks = 0;
        for (int i = 1; i < fields.length && i <= STOLEN; i++) {
            ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
