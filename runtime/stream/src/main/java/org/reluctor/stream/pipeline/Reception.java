package org.reluctor.stream.pipeline;

import java.util.List;
import java.util.Optional;
import org.reluctor.stream.mqtt.Inbox;
import org.reluctor.stream.mqtt.MqttSession;

/**
 * What a gateway subscribes to at the sensors' broker, and who takes it. Commands come at QoS 0: they do not wait
 * behind frames that nobody may acknowledge now, nor at the broker for a gateway that is away, where they would be
 * stale. On the connection they do stand behind frames: while one of those waits for room in the intake nothing is
 * read, and after a quarter of the keep-alive the gateway leaves the broker. A command sent then is not heard.
 *
 * @param filters  topic filters of the frames
 * @param group    among which the broker deals them out; empty: all come here
 * @param intake   takes the frames
 * @param commands where commands are taken
 */
record Reception(List<String> filters, String group, Intake intake, Optional<CommandDesk> commands) {
    /** What is subscribed to at QoS 1 (shared subscriptions: MQTT 5.0, section 4.8.2). */
    List<String> subscriptions() {
        return group.isEmpty() ? filters : filters.stream().map(filter -> "$share/" + group + "/" + filter).toList();
    }

    /** What the session may hold of a configuration without a group. */
    List<String> superseded() {
        return group.isEmpty() ? List.of() : filters;
    }

    List<String> commandFilters() {
        return commands.map(CommandDesk::filters).orElse(List.of());
    }

    Inbox inbox() {
        return commands.map(CommandDesk::inbox).orElse(intake);
    }

    int carryOut(MqttSession session, long nowNanos) {
        return commands.isEmpty() ? 0 : commands.get().doWork(session, nowNanos);
    }
}
