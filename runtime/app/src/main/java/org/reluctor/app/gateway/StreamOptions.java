package org.reluctor.app.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.reluctor.app.command.Version;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.Secret;
import org.reluctor.app.sparkplug.EdgeNodeOptions;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.OnRefused;
import org.reluctor.stream.Partition;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.command.Commands;

/** Translates a configuration into the stream's own options. */
public final class StreamOptions {
    /** What a host may write to an edge node is short. */
    private static final int MOST_COMMAND_BYTES = 16 << 10;
    private static final int MOST_COMMANDS = 8;

    private StreamOptions() {
    }

    /** Options of a gateway; the second client gets an id of its own, because one id can be connected only once. */
    public static GatewayOptions gateway(Configuration configuration, String device,
            Optional<Authentication> authentication, Optional<Commands> commands) {
        Configuration.Broker in = configuration.broker();
        Configuration.Broker out = configuration.downstream();
        Configuration.Delivery delivery = configuration.delivery();
        Configuration.Errors errors = configuration.errors();
        Configuration.FrameLimits frame = configuration.frame();
        Configuration.SensorLimits sensors = configuration.sensors().limits();
        GatewayOptions.Builder builder = GatewayOptions.builder(configuration.site(), configuration.instance(),
                broker(in, in.clientId()), broker(out, downstreamId(configuration, "-out")));
        builder.root(configuration.topicRoot())
                .frameLimits(new FrameLimits(frame.maxBytes(), frame.maxSamples(), frame.maxMeasurements(),
                        frame.maxChannels()))
                .batchMax(configuration.batch().max())
                .linger(Duration.ofMillis(configuration.batch().lingerMs()))
                .unreliableFrames(configuration.unreliable())
                .maxSensors(sensors.max())
                .newSensorsPerMinute(sensors.newPerMinute())
                .sensorRate(sensors.framesPerSecond(), sensors.burstFrames())
                .answerUnrouted(configuration.sensors().answerUnrouted())
                .deadline(Duration.ofMillis(delivery.deadlineMs()))
                .onRefused(OnRefused.valueOf(delivery.onRefused().name()))
                .strictOrder(delivery.strictOrder())
                .stallTimeout(Duration.ofSeconds(delivery.stallTimeoutSeconds()))
                .deviceTimeout(Duration.ofSeconds(delivery.deviceTimeoutSeconds()))
                .answers(errors.enabled() ? errors.perSensorPerSecond() : 0,
                        errors.enabled() ? errors.inAllPerSecond() : 0)
                .authentication(authentication.orElse(null))
                .commands(commands.orElse(null))
                .shareGroup(configuration.fleet().shareGroup())
                .version(Version.number())
                .device(device);
        if (!configuration.fleet().partition().isEmpty()) {
            builder.partition(new Partition(configuration.fleet().partition(),
                    Duration.ofSeconds(configuration.fleet().graceSeconds()), ownId(configuration) + "-member"));
        }
        if (configuration.summary().enabled()) {
            builder.summaryInterval(Duration.ofMillis(configuration.summary().intervalMs()));
        }
        return builder.build();
    }

    /** Options of the gateway as an edge node; none where it is not to be one. */
    public static Optional<EdgeNodeOptions> edgeNode(Configuration configuration) {
        Configuration.Sparkplug sparkplug = configuration.sparkplug();
        return !sparkplug.enabled() ? Optional.empty() : Optional.of(new EdgeNodeOptions(
                broker(configuration.downstream(), downstreamId(configuration, "-sparkplug")).change()
                        .maximumPacketBytes(MOST_COMMAND_BYTES).receiveMaximum(MOST_COMMANDS).build(),
                sparkplug.group(), sparkplug.node(), Duration.ofMillis(sparkplug.intervalMs()),
                Duration.ofSeconds(sparkplug.silentSeconds()), sparkplug.samples()));
    }

    /** The session of a partition goes from gateway to gateway; their other connections are their own. */
    private static String downstreamId(Configuration configuration, String ending) {
        boolean shares = !configuration.fleet().partition().isEmpty() && !configuration.hasDownstream();
        return (shares ? ownId(configuration) : configuration.downstream().clientId()) + ending;
    }

    private static String ownId(Configuration configuration) {
        return "reluctor-" + configuration.instance();
    }

    /** Options of one broker under that client id. */
    public static BrokerOptions broker(Configuration.Broker broker, String clientId) {
        BrokerOptions.Builder builder = BrokerOptions.at(broker.uri()).clientId(clientId)
                .keepAliveSeconds(broker.keepAliveSeconds())
                .sessionExpirySeconds(broker.sessionExpirySeconds())
                .receiveMaximum(broker.receiveMaximum())
                .maximumPacketBytes(broker.maximumPacketBytes())
                .connectTimeout(Duration.ofSeconds(broker.connectTimeoutSeconds()));
        if (!broker.tls().isEmpty()) {
            builder.tls(broker.tls()::socketFactory);
        }
        if (!broker.username().isEmpty()) {
            builder.credentials(broker.username(), broker.passwordFile().map(StreamOptions::secret).orElse(null));
        }
        return builder.build();
    }

    private static Supplier<char[]> secret(Path file) {
        return () -> Secret.read(file);
    }
}
