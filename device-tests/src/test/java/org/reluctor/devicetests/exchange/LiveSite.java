package org.reluctor.devicetests.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;

/** A broker, a gateway with signed networks and commands, its load and its operator. */
final class LiveSite implements AutoCloseable {
    private final Path folder;
    private final Mosquitto broker;
    private final LiveLoad load;
    private final OperatorLink operator;
    private RunningGateway gateway;

    /** Everything in that folder, at work with this release. */
    LiveSite(Path folder, Release first, int framesPerSecond) throws Exception {
        this.folder = folder;
        Files.createDirectories(networks());
        first.put(networks());
        Files.writeString(folder.resolve("networks.pub"), Release.SIGNER.publicKey());
        Path key = Files.writeString(folder.resolve("cmd.key"), "5a".repeat(32));
        broker = Mosquitto.start(folder.resolve("broker"));
        start();
        load = new LiveLoad(broker.uri(), framesPerSecond);
        load.expect(first);
        operator = new OperatorLink(broker.uri(), RunningGateway.SITE + "/" + RunningGateway.INSTANCE, key);
    }

    /** Starts the gateway, and waits until it is online. */
    void start() throws Exception {
        gateway = RunningGateway.start(folder, broker.uri(), Map.of(),
                "networks: [{file: networks/" + Release.NAME + ", sensors: \"" + RunningGateway.SITE + "/+\"}]",
                "trust: {publicKeyFile: networks.pub}", "commands: {keyFile: cmd.key}");
    }

    /** Where the gateway finds its network. */
    Path networks() {
        return folder.resolve("networks");
    }

    LiveLoad load() {
        return load;
    }

    OperatorLink operator() {
        return operator;
    }

    RunningGateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        operator.close();
        load.close();
        gateway.close();
        broker.close();
    }
}
