package org.reluctor.app.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.reluctor.app.http.HttpFault;
import org.reluctor.app.http.HttpListener;
import org.tinylog.Logger;

/** Counts who was refused at the page of metrics and health, and logs it, at most once in ten seconds a reason. */
final class PageRefusals implements HttpListener.Refusals {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<HttpFault, LongAdder> counts = new EnumMap<>(HttpFault.class);
    private final Map<HttpFault, LineLimiter> lines = new EnumMap<>(HttpFault.class);

    PageRefusals() {
        for (HttpFault fault : HttpFault.values()) {
            counts.put(fault, new LongAdder());
            lines.put(fault, new LineLimiter(INTERVAL_NANOS, System::nanoTime));
        }
    }

    @Override
    public void refused(HttpFault fault, String from, String detail) {
        counts.get(fault).increment();
        long before = lines.get(fault).admit();
        if (before >= 0) {
            Logger.warn("http: request from {} refused, {}: {}{}", from, fault.reason(), detail, before == 0 ? ""
                    : " (" + before + " like it since the last such line)");
        }
    }

    /** How many were refused so far, by reason word. */
    Map<String, Long> counts() {
        Map<String, Long> byReason = new TreeMap<>();
        counts.forEach((fault, count) -> byReason.put(fault.reason(), count.sum()));
        return byReason;
    }
}
