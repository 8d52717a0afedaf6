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
 * @param intake   takes the frames
 * @param commands where commands are taken
 */
record Reception(List<String> filters, Intake intake, Optional<CommandDesk> commands) {
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
