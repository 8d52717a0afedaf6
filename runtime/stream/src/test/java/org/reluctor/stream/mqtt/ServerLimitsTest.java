package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.Side;

class ServerLimitsTest {
    private static final long LEAST = 32;

    private static String lacking(Long granted) {
        BrokerOptions broker = BrokerOptions.at("tcp://host:1883").clientId("east").build();
        LinkPlan plan = new LinkPlan(Side.INGRESS, broker, false, List.of("a"), List.of(), false, null, null,
                () -> true, LEAST);
        MqttProperties answer = new MqttProperties();
        answer.setSessionExpiryInterval(granted);
        return ServerLimits.lacking(plan, answer);
    }

    /** Brokers may grant less than was asked for. */
    @Test
    void lacking_sessionEndsBeforeAnotherMemberTakesOver_saysWhatIsRight() {
        assertEquals("keeps sessions for 31 s only (session expiry), and frames would be lost before another gateway"
                + " takes over; 32 s or more are right", lacking(LEAST - 1));
        assertNull(lacking(LEAST));
        assertNull(lacking(null), "as was asked for");
    }
}
