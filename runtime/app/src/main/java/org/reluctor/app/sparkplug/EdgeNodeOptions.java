package org.reluctor.app.sparkplug;

import java.time.Duration;
import org.reluctor.stream.BrokerOptions;

/**
 * How a gateway is an edge node.
 *
 * @param broker   of the host; the client's session is kept by nobody
 * @param group    id of the group
 * @param node     id of the edge node, one of its kind in the group
 * @param interval least time between two data messages of one device, and of the node
 * @param silence  of a sensor, after which its device is told to be gone; zero: it never is
 * @param samples  whether samples are told, too
 */
public record EdgeNodeOptions(BrokerOptions broker, String group, String node, Duration interval, Duration silence,
        boolean samples) {
    private static final String NAMESPACE = "spBv1.0";

    /** Topic of the node's own messages (3.0.0, section 4.1). */
    String topic(String type) {
        return NAMESPACE + "/" + group + "/" + type + "/" + node;
    }

    /** Topic of a device's messages: "site/sensor" is the device "site:sensor", for ids have no slash. */
    String topic(String type, String sensor) {
        return topic(type) + "/" + sensor.replace('/', ':');
    }
}
