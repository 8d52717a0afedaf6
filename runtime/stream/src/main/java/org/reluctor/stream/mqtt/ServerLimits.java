package org.reluctor.stream.mqtt;

import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** What a broker says in its CONNACK that it does not offer, and a plan cannot do without. */
final class ServerLimits {
    private static final String SHARED = "$share/";

    private ServerLimits() {
    }

    /** What is lacking, as one sentence; null where nothing is. */
    static String lacking(LinkPlan plan, MqttProperties answer) {
        if (answer == null || plan.filters().isEmpty()) {
            return null;
        }
        boolean shares = plan.filters().stream().anyMatch(filter -> filter.startsWith(SHARED));
        if (shares && !answer.isSharedSubscriptionAvailable()) {
            return "offers no shared subscriptions; a partition (fleet.partition), or a broker that does, is right";
        }
        Long granted = answer.getSessionExpiryInterval();
        if (!plan.cleanStart() && granted != null && granted == 0) {
            return "ends sessions with their connections (session expiry 0), and would lose what is unacknowledged; a"
                    + " broker that keeps them is right";
        }
        if (!plan.cleanStart() && granted != null && granted < plan.leastExpiry()) {
            return "keeps sessions for " + granted + " s only (session expiry), and frames would be lost before another"
                    + " gateway takes over; " + plan.leastExpiry() + " s or more are right";
        }
        return null;
    }
}
