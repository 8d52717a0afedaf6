package org.reluctor.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.command.Commands;

/**
 * Everything a {@link Gateway} is told once. Immutable; {@link #builder} starts from the defaults. The depth of the
 * pipeline is the ingress broker's receive maximum: so many frames may be under way unacknowledged.
 */
public final class GatewayOptions {
    private final Builder from;

    private GatewayOptions(Builder from) {
        this.from = from;
    }

    /**
     * @param site    of the gateway, in its status topic
     * @param id      of the gateway, in its status topic
     * @param ingress the sensors' broker
     * @param egress  the subscribers' broker; may be the same one, under another client id
     */
    public static Builder builder(String site, String id, BrokerOptions ingress, BrokerOptions egress) {
        return new Builder(site, id, ingress, egress);
    }

    public Topics topics() {
        return new Topics(from.root);
    }

    public String site() {
        return from.site;
    }

    public String id() {
        return from.id;
    }

    public BrokerOptions ingress() {
        return from.ingress;
    }

    public BrokerOptions egress() {
        return from.egress;
    }

    public FrameLimits frameLimits() {
        return from.frameLimits;
    }

    /** Whose frames are taken; empty: everybody's that the broker lets publish. */
    public Optional<Authentication> authentication() {
        return Optional.ofNullable(from.authentication);
    }

    /** Whose commands are taken; empty: nobody's, and the topic is not subscribed to. */
    public Optional<Commands> commands() {
        return Optional.ofNullable(from.commands);
    }

    public int batchMax() {
        return from.batchMax;
    }

    public Duration linger() {
        return from.linger;
    }

    /** QoS 0 frames that may be in memory; beyond it the oldest that waits is dropped. */
    public int unreliableFrames() {
        return from.unreliableFrames;
    }

    public int maxSensors() {
        return from.maxSensors;
    }

    /** Sensors without keys that may be taken up a minute; 0: no limit. */
    public int newSensorsPerMinute() {
        return from.newSensorsPerMinute;
    }

    /** New frames that a sensor may send a second, beyond {@link #burstFrames}; 0: no limit. */
    public int framesPerSecond() {
        return from.framesPerSecond;
    }

    /** New frames of a sensor that may come at once. */
    public int burstFrames() {
        return from.burstFrames;
    }

    /** From receipt to encoding; a later signal carries flag 2. Zero: no deadline. */
    public Duration deadline() {
        return from.deadline;
    }

    public OnRefused onRefused() {
        return from.onRefused;
    }

    /** True: one signal of a sensor is under way at a time, so that no refusal can put two out of order. */
    public boolean strictOrder() {
        return from.strictOrder;
    }

    /** Error answers a second: of one sensor, and of all together. */
    public int answersPerSensor() {
        return from.answersPerSensor;
    }

    public int answersInAll() {
        return from.answersInAll;
    }

    /** Least time between two summaries of a sensor; zero: no summaries. */
    public Duration summaryInterval() {
        return from.summaryInterval;
    }

    /** Age of an unconfirmed publication, or silence of a sensors' broker, after which a connection is made anew. */
    public Duration stallTimeout() {
        return from.stallTimeout;
    }

    /** How long a batch may be with the device, failed attempts included, before the gateway is of no use any more. */
    public Duration deviceTimeout() {
        return from.deviceTimeout;
    }

    /**
     * True: the gateway subscribes to all sensors of the sites it routes, and answers those without a route. False: it
     * subscribes to its routes only, for sites whose sensors several gateways share.
     */
    public boolean answerUnrouted() {
        return from.answerUnrouted;
    }

    /** Shared with other gateways, of which one serves; empty: this gateway serves alone. */
    public Optional<Partition> partition() {
        return Optional.ofNullable(from.partition);
    }

    /**
     * Group of gateways among which the broker deals the frames out, by shared subscriptions; empty: all come here. The
     * frames of a sensor then go to several gateways, and nobody sees gaps nor keeps their order.
     */
    public String shareGroup() {
        return from.shareGroup;
    }

    /** Version of the product, for the status topic. */
    public String version() {
        return from.version;
    }

    /** Name of the device that computes, for the status topic. */
    public String device() {
        return from.device;
    }

    /** Collects the options; not for several threads. Every check is made by {@link #build}. */
    public static final class Builder {
        private final String site;
        private final String id;
        private final BrokerOptions ingress;
        private final BrokerOptions egress;
        private String root = "reluctor";
        private FrameLimits frameLimits = new FrameLimits(256 << 10, 65_536, 65_536, 64);
        private Authentication authentication;
        private Commands commands;
        private int batchMax = 64;
        private Duration linger = Duration.ZERO;
        private int unreliableFrames = 64;
        private int maxSensors = 256;
        private int newSensorsPerMinute;
        private int framesPerSecond;
        private int burstFrames = 1000;
        private Duration deadline = Duration.ZERO;
        private OnRefused onRefused = OnRefused.HOLD;
        private boolean strictOrder;
        private int answersPerSensor = 10;
        private int answersInAll = 50;
        private Duration summaryInterval = Duration.ZERO;
        private Duration stallTimeout = Duration.ofSeconds(60);
        private Duration deviceTimeout = Duration.ofSeconds(60);
        private boolean answerUnrouted = true;
        private Partition partition;
        private String shareGroup = "";
        private String version = "";
        private String device = "";

        private Builder(String site, String id, BrokerOptions ingress, BrokerOptions egress) {
            this.site = site;
            this.id = id;
            this.ingress = ingress;
            this.egress = egress;
        }

        public Builder root(String value) {
            this.root = value;
            return this;
        }

        public Builder frameLimits(FrameLimits value) {
            this.frameLimits = value;
            return this;
        }

        /** Demands envelopes of every frame. */
        public Builder authentication(Authentication value) {
            this.authentication = value;
            return this;
        }

        /** Takes commands. */
        public Builder commands(Commands value) {
            this.commands = value;
            return this;
        }

        public Builder batchMax(int value) {
            this.batchMax = value;
            return this;
        }

        public Builder linger(Duration value) {
            this.linger = value;
            return this;
        }

        public Builder unreliableFrames(int value) {
            this.unreliableFrames = value;
            return this;
        }

        public Builder maxSensors(int value) {
            this.maxSensors = value;
            return this;
        }

        public Builder newSensorsPerMinute(int value) {
            this.newSensorsPerMinute = value;
            return this;
        }

        /** Limits what one sensor may send; 0 frames a second: no limit. */
        public Builder sensorRate(int perSecond, int burst) {
            this.framesPerSecond = perSecond;
            this.burstFrames = burst;
            return this;
        }

        public Builder deadline(Duration value) {
            this.deadline = value;
            return this;
        }

        public Builder onRefused(OnRefused value) {
            this.onRefused = value;
            return this;
        }

        public Builder answers(int perSensor, int inAll) {
            this.answersPerSensor = perSensor;
            this.answersInAll = inAll;
            return this;
        }

        public Builder summaryInterval(Duration value) {
            this.summaryInterval = value;
            return this;
        }

        public Builder stallTimeout(Duration value) {
            this.stallTimeout = value;
            return this;
        }

        public Builder deviceTimeout(Duration value) {
            this.deviceTimeout = value;
            return this;
        }

        public Builder answerUnrouted(boolean value) {
            this.answerUnrouted = value;
            return this;
        }

        /** Serves only while no other gateway of the partition does. */
        public Builder partition(Partition value) {
            this.partition = value;
            return this;
        }

        public Builder shareGroup(String value) {
            this.shareGroup = value;
            return this;
        }

        public Builder version(String value) {
            this.version = value;
            return this;
        }

        public Builder device(String value) {
            this.device = value;
            return this;
        }

        public Builder strictOrder(boolean value) {
            this.strictOrder = value;
            return this;
        }

        /** @throws IllegalArgumentException naming the option, its value and what would be right */
        public GatewayOptions build() {
            Topics topics = new Topics(root);
            topics.status(site, id);
            Objects.requireNonNull(ingress, "ingress");
            Objects.requireNonNull(egress, "egress");
            if (ingress.uri().equals(egress.uri()) && ingress.clientId().equals(egress.clientId())) {
                throw new IllegalArgumentException("egress client id: \"" + egress.clientId() + "\" is the ingress "
                        + "one's on the same broker; two different ones are right");
            }
            checkSharing();
            check("batch max", batchMax, 1, 4096);
            check("linger (ms)", linger.toMillis(), 0, 10_000);
            check("unreliable frames", unreliableFrames, 1, 4096);
            check("sensors", maxSensors, 1, 65_536);
            check("new sensors a minute", newSensorsPerMinute, 0, 65_536);
            check("frames a second and sensor", framesPerSecond, 0, 1_000_000);
            check("frames of a sensor at once", burstFrames, 1, 1_000_000);
            check("deadline (ms)", deadline.toMillis(), 0, 3_600_000);
            check("error answers a second and sensor", answersPerSensor, 0, 1000);
            check("error answers a second", answersInAll, 0, 10_000);
            check("summary interval (ms)", summaryInterval.toMillis(), 0, 86_400_000);
            check("stall timeout (ms)", stallTimeout.toMillis(), 1000, 3_600_000);
            check("device timeout (ms)", deviceTimeout.toMillis(), 1000, 3_600_000);
            return new GatewayOptions(copy());
        }

        // What would lose frames, or give their places to others, is not begun.
        private void checkSharing() {
            if (!shareGroup.isEmpty()) {
                Topics.checkName("share group", shareGroup);
            }
            if (partition != null && !shareGroup.isEmpty()) {
                throw new IllegalArgumentException("share group: \"" + shareGroup + "\" beside partition \""
                        + partition.name() + "\"; one of the two is right");
            }
            if (!shareGroup.isEmpty() && authentication != null) {
                throw new IllegalArgumentException("share group: \"" + shareGroup + "\" with sensors' keys; shared"
                        + " subscriptions keep no order, by which replayed frames are told: a partition is right");
            }
            boolean shares = partition != null || !shareGroup.isEmpty();
            long least = partition == null ? 1 : partition.leastExpirySeconds(ingress.keepAliveSeconds());
            if (shares && ingress.sessionExpirySeconds() < least) {
                throw new IllegalArgumentException("broker session expiry: " + ingress.sessionExpirySeconds()
                        + " s; frames would be lost before another gateway takes over: at least " + least
                        + " s are right");
            }
            if (partition != null && (partition.memberClientId().equals(ingress.clientId())
                    || partition.memberClientId().equals(egress.clientId()))) {
                throw new IllegalArgumentException("partition member client id: \"" + partition.memberClientId()
                        + "\" is that of another connection; one of its own is right");
            }
        }

        // The options stay what they are when the builder goes on to be used.
        private Builder copy() {
            Builder copy = new Builder(site, id, ingress, egress);
            copy.root(root).frameLimits(Objects.requireNonNull(frameLimits));
            copy.authentication(authentication).commands(commands);
            copy.batchMax(batchMax).linger(linger).unreliableFrames(unreliableFrames).maxSensors(maxSensors);
            copy.newSensorsPerMinute(newSensorsPerMinute).sensorRate(framesPerSecond, burstFrames);
            copy.deadline(deadline).onRefused(Objects.requireNonNull(onRefused));
            copy.answers(answersPerSensor, answersInAll);
            copy.strictOrder(strictOrder);
            copy.summaryInterval(summaryInterval).stallTimeout(stallTimeout).answerUnrouted(answerUnrouted);
            copy.deviceTimeout(deviceTimeout).partition(partition).shareGroup(Objects.requireNonNull(shareGroup));
            return copy.version(Objects.requireNonNull(version)).device(Objects.requireNonNull(device));
        }

        private static void check(String place, long value, long low, long high) {
            if (value < low || value > high) {
                throw new IllegalArgumentException(place + ": " + value + "; " + low + " to " + high + " is right");
            }
        }
    }
}
