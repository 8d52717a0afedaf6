package org.reluctor.stream.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives up subscriptions of an earlier configuration, which a session at the broker goes on to hold. Nothing is
 * remembered of them: a frame that no present filter asks for shows that there is one, and its topic, of which kind.
 * Confined to the engine thread.
 */
final class StaleFilters {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<String> wanted;
    private boolean gaveUp;
    private long gaveUpNanos;

    /** @param wanted topic filters of the present configuration, without "#" */
    StaleFilters(List<String> wanted) {
        this.wanted = wanted;
    }

    /** True where no filter of the present configuration asks for the topic. */
    boolean isUnasked(String topic) {
        return wanted.stream().noneMatch(filter -> matches(filter, topic));
    }

    /** Unsubscribes every filter of ours, past or present, that may have brought the frame, but for the wanted. */
    void giveUp(Slot slot) {
        // Many may be on their way; an UNSUBSCRIBE a second is enough for them all.
        if (gaveUp && slot.arrivedNanos - gaveUpNanos < PAUSE_NANOS) {
            return;
        }
        gaveUp = true;
        gaveUpNanos = slot.arrivedNanos;
        List<String> filters = new ArrayList<>(filtersOf(slot.topic));
        filters.removeAll(wanted);
        slot.session.unsubscribe(filters);
    }

    /** The forms in which a frame's topic can be subscribed to: site, sensor or both as they are, or any. */
    private static List<String> filtersOf(String topic) {
        String[] levels = topic.split("/", -1);
        int sensor = levels.length - 2;
        if (sensor < 1) {
            return List.of(topic);
        }
        List<String> filters = new ArrayList<>();
        for (String site : List.of(levels[sensor - 1], "+")) {
            for (String name : List.of(levels[sensor], "+")) {
                String[] form = levels.clone();
                form[sensor - 1] = site;
                form[sensor] = name;
                filters.add(String.join("/", form));
            }
        }
        return filters;
    }

    private static boolean matches(String filter, String topic) {
        String[] asked = filter.split("/", -1);
        String[] given = topic.split("/", -1);
        boolean same = asked.length == given.length;
        for (int i = 0; same && i < asked.length; i++) {
            same = asked[i].equals("+") || asked[i].equals(given[i]);
        }
        return same;
    }
}
