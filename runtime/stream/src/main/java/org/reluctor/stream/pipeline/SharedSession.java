package org.reluctor.stream.pipeline;

import java.util.function.Supplier;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;

/** The present session of a link that is made later than those who publish through it. Safe for several threads. */
final class SharedSession implements Supplier<MqttSession> {
    private volatile MqttLink link;

    void follow(MqttLink later) {
        link = later;
    }

    @Override
    public MqttSession get() {
        MqttLink followed = link;
        return followed == null ? null : followed.session();
    }
}
