package org.reluctor.stream;

import java.util.Objects;

/**
 * Which sensors a recovery serves. Of the routes whose filters match a sensor, the first whose network was made for the
 * Φ that a frame names takes it; one that was made for none takes every frame.
 *
 * @param sensorFilter "site/sensor", either of which may be {@code +}
 * @param recovery     the network that turns the sensors' measurements into signals
 */
public record Route(String sensorFilter, Recovery recovery) {
    public Route {
        Topics.checkSensorFilter(sensorFilter);
        Objects.requireNonNull(recovery, "recovery");
    }

    /** True where the route takes the frames of this "site/sensor". */
    public boolean matches(String sensor) {
        int filterSlash = sensorFilter.indexOf('/');
        int slash = sensor.indexOf('/');
        return slash > 0 && levelMatches(sensorFilter.substring(0, filterSlash), sensor.substring(0, slash))
                && levelMatches(sensorFilter.substring(filterSlash + 1), sensor.substring(slash + 1));
    }

    /** The site's level of the filter: a name or {@code +}. */
    public String siteFilter() {
        return sensorFilter.substring(0, sensorFilter.indexOf('/'));
    }

    private static boolean levelMatches(String filter, String level) {
        return filter.equals("+") || filter.equals(level);
    }
}
