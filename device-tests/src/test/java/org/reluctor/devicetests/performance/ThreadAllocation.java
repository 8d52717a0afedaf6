package org.reluctor.devicetests.performance;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Bytes that each thread of this JVM has allocated since it began, by the threads' own counters. */
final class ThreadAllocation {
    private final Map<Long, Long> bytes = new LinkedHashMap<>();
    private final Map<Long, String> names = new LinkedHashMap<>();

    private ThreadAllocation() {
    }

    /** As it stands now. */
    static ThreadAllocation now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ThreadAllocation taken = new ThreadAllocation();
        long[] ids = threads.getAllThreadIds();
        long[] allocated = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null) {
                taken.bytes.put(ids[i], allocated[i]);
                taken.names.put(ids[i], infos[i].getThreadName());
            }
        }
        return taken;
    }

    /** By thread's name, what the threads that {@code wanted} names have allocated since {@code before}. */
    Map<String, Long> since(ThreadAllocation before, Predicate<String> wanted) {
        Map<String, Long> grown = new TreeMap<>();
        names.forEach((id, name) -> {
            if (wanted.test(name)) {
                grown.merge(name, bytes.get(id) - before.bytes.getOrDefault(id, 0L), Long::sum);
            }
        });
        return grown;
    }
}
