package org.reluctor.learn.data;

import java.util.Map;

/**
 * Who was recorded, where the record's name does not tell. A network must not be judged on a patient it was trained on.
 */
final class Subjects {
    /** MIT-BIH: the headers of 202 and 201 say that both are of one analog tape; all others are of one subject each. */
    private static final Map<String, String> SAME_AS = Map.of("202", "201");

    private Subjects() {
    }

    /** The subject of a WFDB record: its own name, but for records that are known to share one. */
    static String ofRecord(String name) {
        return SAME_AS.getOrDefault(name, name);
    }
}
