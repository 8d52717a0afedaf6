package org.reluctor.devicetests.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of a process by the names of its threads, as Linux has it.
 *
 * @param nanosByName since the threads began, or in between two readings; of those that still run
 */
record ThreadTimes(Map<String, Long> nanosByName) {
    static ThreadTimes of(long pid) throws IOException {
        Map<String, Long> times = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                add(times, task);
            }
        }
        return new ThreadTimes(times);
    }

    private static void add(Map<String, Long> times, Path task) throws IOException {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            times.merge(name, Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]), Long::sum);
        } catch (NoSuchFileException e) {
            // It ended meanwhile.
            times.merge("ended", 0L, Long::sum);
        }
    }

    ThreadTimes since(ThreadTimes before) {
        Map<String, Long> used = new HashMap<>();
        nanosByName.forEach((name, nanos) -> used.put(name, nanos - before.nanosByName.getOrDefault(name, 0L)));
        return new ThreadTimes(used);
    }

    double nanos() {
        return nanosByName.values().stream().mapToLong(Long::longValue).sum();
    }

    double nanosOf(String... names) {
        return List.of(names).stream().mapToLong(name -> nanosByName.getOrDefault(name, 0L)).sum();
    }
}
