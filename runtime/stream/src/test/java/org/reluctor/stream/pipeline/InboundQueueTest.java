package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;

class InboundQueueTest {
    private final List<String> heard = new ArrayList<>();
    private final InboundQueue queue = new InboundQueue((topic, payload) -> heard.add(topic), new Doorbell());

    @Test
    void arrived_afterTheSessionEnded_isLeftForTheNextOne() {
        BrokerOptions broker = BrokerOptions.at("tcp://127.0.0.1:1").build();
        LinkPlan idle = new LinkPlan(null, broker, true, List.of(), true, queue, null, () -> false);
        queue.use(new MqttLink(idle, () -> { }, queue));
        RecordedSession session = new RecordedSession();
        queue.arrived(session, "first", new byte[1], 1, 1, null);
        session.open = false;
        queue.arrived(session, "second", new byte[1], 1, 2, null);
        queue.doWork(System.nanoTime());
        assertEquals(List.of("first"), heard);
    }
}
