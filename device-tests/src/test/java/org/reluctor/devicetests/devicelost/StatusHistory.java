package org.reluctor.devicetests.devicelost;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.stream.SignalLink;

/** The states that a gateway told on its status topic. Safe for the subscriber's thread and the test's. */
final class StatusHistory implements SignalLink.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> states = new ArrayList<>();

    @Override
    public synchronized void arrived(String topic, byte[] payload) {
        try {
            states.add(JSON.readTree(payload).get("state").asText());
        } catch (IOException e) {
            states.add("unreadable: " + e.getMessage());
        }
    }

    synchronized List<String> states() {
        return List.copyOf(states);
    }

    synchronized String last() {
        return states.isEmpty() ? "" : states.get(states.size() - 1);
    }
}
