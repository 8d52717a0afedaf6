package org.reluctor.devicetests.endurance;

import java.util.ArrayList;
import java.util.List;

/** Threads that do nothing but keep processors busy, one for each, until closed. */
final class BusyProcessors implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;
    private volatile double sink;

    BusyProcessors() {
        for (int i = 0; i < Affinity.processors(); i++) {
            Thread thread = new Thread(this::spin, "busy-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void spin() {
        double x = 1;
        while (!ended) {
            for (int i = 0; i < 1000; i++) {
                x = Math.sqrt(x + i);
            }
            sink = x;
        }
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
