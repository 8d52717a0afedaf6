package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;

/** Sensor, gateway and subscriber from the command line, three processes over one mosquitto. */
class StreamChainIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FRAMES = 500;

    @TempDir
    Path folder;

    @Test
    void simulateRunWatch_overMosquitto_losesAndDoublesNothing() throws Exception {
        Path model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                ReluctorProcess gateway = ReluctorProcess.start(folder, "run", "--config",
                        configuration(broker).toString());
                ReluctorProcess watch = ReluctorProcess.start(folder, "watch", "--broker", broker.uri(), "--sensor",
                        "lab/+", "--until", Integer.toString(FRAMES), "--timeout", "60", "--json")) {
            gateway.awaitError(" online: ", LIMIT);
            watch.awaitError("watching reluctor/v1/lab/\\+/signal", LIMIT);

            JsonNode sent = ReluctorProcess.run(folder, LIMIT, "simulate", "--broker", broker.uri(), "--model",
                    model.toString(), "--sensor", "lab/ecg", "--count", Integer.toString(FRAMES), "--rate", "400",
                    "--json").expect(0).json("sent", "confirmed", "refused", "seconds");

            JsonNode heard = watch.await(LIMIT).expect(0)
                    .json("received", "lost", "duplicated", "latencyP50Us", "latencyP99Us");
            assertEquals(FRAMES, sent.get("sent").asInt());
            assertEquals(FRAMES, sent.get("confirmed").asInt());
            assertEquals(0, sent.get("refused").asInt());
            assertTrue(sent.get("seconds").asDouble() > 0.9 * FRAMES / 400, sent.toString());
            assertEquals(FRAMES, heard.get("received").asInt());
            assertEquals(0, heard.get("lost").asInt());
            assertEquals(0, heard.get("duplicated").asInt());
            assertTrue(heard.get("latencyP50Us").asLong() > 0, heard.toString());
            assertTrue(heard.get("latencyP99Us").asLong() >= heard.get("latencyP50Us").asLong(), heard.toString());
            gateway.terminate();
            assertEquals("", gateway.await(LIMIT).expect(0).out());
        }
    }

    @Test
    void watch_fewerSignalsThanAskedFor_endsInTimeWithItsStatus() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"))) {
            CommandResult result = ReluctorProcess.run(folder, LIMIT, "watch", "--broker", broker.uri(), "--until",
                    "1", "--timeout", "1", "--json").expect(69);
            assertEquals(0, result.json("received", "lost", "duplicated", "latencyP50Us", "latencyP99Us")
                    .get("received").asInt());
        }
    }

    @Test
    void run_toldToEndWhileItStarts_endsWithZero() throws Exception {
        SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                ReluctorProcess gateway = ReluctorProcess.start(folder, "run", "--config",
                        configuration(broker).toString())) {
            gateway.awaitError("metrics and health at", LIMIT);
            gateway.terminate();
            gateway.await(LIMIT).expect(0);
        }
    }

    private Path configuration(Mosquitto broker) throws Exception {
        return Files.write(folder.resolve("reluctor.yaml"), List.of("broker: {uri: \"" + broker.uri() + "\"}",
                "networks: [{file: transposed.onnx, sensors: \"lab/+\"}]", "device: {cacheFolder: kernels}",
                "http: {port: 0}"));
    }
}
