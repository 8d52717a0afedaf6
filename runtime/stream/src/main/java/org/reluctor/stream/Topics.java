package org.reluctor.stream;

import java.util.Objects;

/**
 * The topic tree {@code <root>/v1/<site>/<sensor>/{frame,signal,error,summary}} and
 * {@code <root>/v1/<site>/_gateway/<id>/{status,cmd,answer}}; of gateways that share a partition also
 * {@code <root>/v1/<site>/_partition/<name>/claim} and {@code …/mark/<site>/<sensor>}. A sensor is named "site/sensor"
 * everywhere else. Site, sensor, partition and gateway id have 1 to 64 characters of {@code A–Z a–z 0–9 . _ -}, do not
 * start with {@code _}, and are neither {@code .} nor {@code ..}: names of files are made of them. Immutable.
 */
public final class Topics {
    /** Longest name of a site, a sensor or a gateway, in characters. */
    public static final int NAME_MAX = 64;
    /** Version level of the tree. */
    public static final String VERSION = "v1";
    private static final String FRAME = "/frame";

    private final String prefix;

    /** @param root first level or levels of the tree, for example {@code reluctor} or {@code plant/reluctor} */
    public Topics(String root) {
        this.prefix = checkRoot(root) + "/" + VERSION + "/";
    }

    public String frame(String sensor) {
        return prefix + sensor + FRAME;
    }

    public String signal(String sensor) {
        return prefix + sensor + "/signal";
    }

    public String error(String sensor) {
        return prefix + sensor + "/error";
    }

    public String summary(String sensor) {
        return prefix + sensor + "/summary";
    }

    public String status(String site, String gatewayId) {
        return gateway(site, gatewayId) + "/status";
    }

    /** Topic filter of the status of every gateway of a site. */
    public String anyStatus(String site) {
        return prefix + checkName("site", site) + "/_gateway/+/status";
    }

    /** The gateway whose status is told on a topic, or null where it is none of that site, or the name is bad. */
    public String gatewayOf(String site, String statusTopic) {
        String filter = anyStatus(site);
        int name = filter.indexOf('+');
        int end = statusTopic.length() - (filter.length() - name - 1);
        boolean framed = end > name && statusTopic.startsWith(filter.substring(0, name))
                && statusTopic.endsWith(filter.substring(name + 1));
        return framed && isName(statusTopic, name, end) ? statusTopic.substring(name, end) : null;
    }

    public String command(String site, String gatewayId) {
        return gateway(site, gatewayId) + "/cmd";
    }

    /**
     * Where a gateway answers commands that ask for nothing else. Answers go there and one level below, nowhere else:
     * whoever carries a command may change what it asks for.
     */
    public String answer(String site, String gatewayId) {
        return gateway(site, gatewayId) + "/answer";
    }

    /** Where the gateway that serves a partition says so, retained. */
    public String claim(String site, String partition) {
        return partition(site, partition) + "/claim";
    }

    /** Where it says, retained, how far that sensor's frames were delivered. */
    public String mark(String site, String partition, String sensor) {
        return partition(site, partition) + "/mark/" + sensor;
    }

    private String partition(String site, String partition) {
        return prefix + checkName("site", site) + "/_partition/" + checkName("partition", partition);
    }

    private String gateway(String site, String gatewayId) {
        return prefix + checkName("site", site) + "/_gateway/" + checkName("gateway id", gatewayId);
    }

    /**
     * The "site/sensor" of a frame, signal, error or summary topic, or null where the topic is none or a name is bad.
     */
    public String sensorOf(String topic) {
        if (!topic.startsWith(prefix)) {
            return null;
        }
        int slash = topic.indexOf('/', prefix.length());
        int end = slash < 0 ? -1 : topic.indexOf('/', slash + 1);
        if (end < 0 || topic.indexOf('/', end + 1) >= 0) {
            return null;
        }
        boolean named = isName(topic, prefix.length(), slash) && isName(topic, slash + 1, end);
        return named ? topic.substring(prefix.length(), end) : null;
    }

    /** True where the text names a sensor: "site/sensor". */
    public static boolean isSensor(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && isName(name, 0, slash) && isName(name, slash + 1, name.length());
    }

    /** True where the name may stand for a site, a sensor or a gateway. */
    public static boolean isName(String name) {
        return isName(name, 0, name.length());
    }

    private static boolean isName(String text, int from, int to) {
        if (to - from < 1 || to - from > NAME_MAX || text.charAt(from) == '_') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isNameCharacter(text.charAt(i))) {
                return false;
            }
        }
        return to - from > 2 || text.charAt(from) != '.' || text.charAt(to - 1) != '.';
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    /**
     * @return the name
     * @throws IllegalArgumentException naming the place, the value and what would be right
     */
    public static String checkName(String place, String name) {
        if (name == null || !isName(name)) {
            throw new IllegalArgumentException(place + ": \"" + name + "\" is no name; 1 to " + NAME_MAX
                    + " of A-Z a-z 0-9 . _ - are, not starting with _, and not . or ..");
        }
        return name;
    }

    /**
     * @return the filter "site/sensor" of which either level may be {@code +}
     * @throws IllegalArgumentException naming the value and what would be right
     */
    public static String checkSensorFilter(String filter) {
        Objects.requireNonNull(filter, "sensor filter");
        int slash = filter.indexOf('/');
        if (slash < 0 || filter.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("sensor filter: \"" + filter + "\" has not two levels; site/sensor has, "
                    + "either may be +");
        }
        checkLevel(filter, filter.substring(0, slash));
        checkLevel(filter, filter.substring(slash + 1));
        return filter;
    }

    private static void checkLevel(String filter, String level) {
        if (!level.equals("+")) {
            checkName("sensor filter \"" + filter + "\"", level);
        }
    }

    private static String checkRoot(String root) {
        if (root == null || root.isEmpty() || root.length() > 255 || root.startsWith("/") || root.endsWith("/")
                || root.startsWith("$") || root.chars().anyMatch(c -> c == '+' || c == '#' || c < ' ')) {
            throw new IllegalArgumentException("topic root: \"" + root + "\" cannot be one; levels without + and #, "
                    + "not starting with $ or /, are, for example reluctor");
        }
        return root;
    }
}
