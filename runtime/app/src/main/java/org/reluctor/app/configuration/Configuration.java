package org.reluctor.app.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * Everything that an operator may set, checked and immutable. config/reluctor.yaml describes each value; the records
 * mirror its groups.
 *
 * @param instance   name of this gateway in its status topic; one of its kind on the broker
 * @param site       site under whose topics the status stands
 * @param topicRoot  first level or levels of every topic
 * @param broker     where frames come from
 * @param downstream where signals go; {@link #broker} where the file names no other
 * @param fleet      how sensors are shared with other gateways
 * @param networks   at least one; the first whose filter matches a sensor serves it
 * @param trust      which of their files may run
 * @param exchange   when new files take the place of old ones
 * @param device     which OpenCL device computes
 * @param batch      how frames are taken together
 * @param unreliable frames of QoS 0 that may wait
 * @param frame      limits of a frame, checked before anything is allocated
 * @param sensors    whose frames are taken
 * @param commands   whose commands are taken
 * @param delivery   what is done about signals that cannot be delivered
 * @param errors     answers to bad frames
 * @param summary    the scalar plane beside the signals
 * @param sparkplug  the gateway as an edge node
 * @param http       metrics and health
 * @param log        what is logged and how
 * @param warnings   what is suspicious but no mistake, one line each
 */
public record Configuration(String instance, String site, String topicRoot, Broker broker, Broker downstream,
        Fleet fleet, List<Network> networks, Trust trust, Exchange exchange, Device device, Batch batch, int unreliable,
        FrameLimits frame, Sensors sensors, Commands commands, Delivery delivery, Errors errors, Summary summary,
        Sparkplug sparkplug, Http http, Log log, List<String> warnings) {
    public Configuration {
        networks = List.copyOf(networks);
        warnings = List.copyOf(warnings);
    }

    /** Whether signals go to another broker than frames come from. */
    public boolean hasDownstream() {
        return !downstream.equals(broker);
    }

    /**
     * A broker and how to speak with it.
     *
     * @param uri                   {@code tcp://host:port} or {@code ssl://host:port}
     * @param clientId              MQTT client id; the session and its unacknowledged frames hang on it
     * @param username              empty for none
     * @param passwordFile          file whose first line is the password
     * @param tls                   files for {@code ssl://}
     * @param keepAliveSeconds      MQTT keep alive
     * @param sessionExpirySeconds  how long the broker keeps the session while we are away
     * @param receiveMaximum        frames in flight to us that are not yet acknowledged
     * @param maximumPacketBytes    largest packet that the broker may send us
     * @param connectTimeoutSeconds until CONNACK
     * @param atStart               what a broker that does not answer means when the process starts
     */
    public record Broker(String uri, String clientId, String username, Optional<Path> passwordFile,
            TlsFiles tls, int keepAliveSeconds, long sessionExpirySeconds, int receiveMaximum, int maximumPacketBytes,
            int connectTimeoutSeconds, AtStart atStart) {
    }

    /** What a broker that does not answer means when the process starts. */
    public enum AtStart {
        /** Try on until it answers. */
        WAIT,
        /** Leave with a message. */
        FAIL
    }

    /**
     * How sensors are shared with other gateways; at most one of partition and share group.
     *
     * @param partition    of which one gateway serves and the others stand by; empty: this one serves alone
     * @param graceSeconds that a broken connection may last before a standby takes over
     * @param shareGroup   of shared subscriptions; empty: none
     */
    public record Fleet(String partition, int graceSeconds, String shareGroup) {
    }

    /**
     * A network and the sensors whose frames it recovers.
     *
     * @param file    ONNX
     * @param sensors {@code site/sensor}, either may be {@code +}
     * @param shape   dimensions of its input behind the batch; empty for those that the file fixes
     */
    public record Network(Path file, String sensors, List<Integer> shape) {
        public Network {
            shape = List.copyOf(shape);
        }
    }

    /**
     * Trust in network files.
     *
     * @param publicKeyFile keys of minisign, one of which must have signed every network; empty: networks run unsigned
     */
    public record Trust(Optional<Path> publicKeyFile) {
    }

    /**
     * Networks exchanged while frames flow.
     *
     * @param watchSeconds how often their files are looked at; 0: by command alone
     */
    public record Exchange(int watchSeconds) {
    }

    /**
     * The OpenCL device.
     *
     * @param select      {@code auto} or part of a device's or platform's name
     * @param cacheFolder for compiled kernels
     * @param stateFolder with the launch parameters that were found on this machine
     * @param weights     format in which the device keeps weights
     * @param program     file from which all programs come; nothing is compiled then
     */
    public record Device(String select, Path cacheFolder, Path stateFolder, WeightFormat weights,
            Optional<Path> program) {
    }

    /**
     * Batching.
     *
     * @param max      most frames computed together
     * @param lingerMs how long to wait for more frames; 0: never wait
     */
    public record Batch(int max, int lingerMs) {
    }

    /**
     * The gateway as an edge node of Sparkplug B, on the downstream broker.
     *
     * @param enabled       whether it is one
     * @param group         id of the group
     * @param node          id of the edge node
     * @param intervalMs    least time between two data messages of one device
     * @param samples       whether samples are told, too
     * @param silentSeconds after which a sensor's device is told to be gone; 0: never
     */
    public record Sparkplug(boolean enabled, String group, String node, int intervalMs, boolean samples,
            int silentSeconds) {
    }

    /**
     * Limits of a frame.
     *
     * @param maxBytes        payload
     * @param maxSamples      n
     * @param maxMeasurements m times channels
     * @param maxChannels     channels
     */
    public record FrameLimits(int maxBytes, int maxSamples, int maxMeasurements, int maxChannels) {
    }

    /**
     * Sensors.
     *
     * @param limits         of their number and of what each may send
     * @param answerUnrouted whether sensors that no network serves are answered
     * @param keysFolder     holds the sensors' keys; empty: frames come without envelopes
     */
    public record Sensors(SensorLimits limits, boolean answerUnrouted, Optional<Path> keysFolder) {
    }

    /**
     * How many sensors, and how much of each.
     *
     * @param max             remembered at once
     * @param newPerMinute    without keys that may be new in a minute; 0: no limit
     * @param framesPerSecond new frames of one sensor; 0: no limit
     * @param burstFrames     of one sensor that may come at once
     */
    public record SensorLimits(int max, int newPerMinute, int framesPerSecond, int burstFrames) {
    }

    /**
     * Commands over the broker.
     *
     * @param keyFile the key of those who may send them; empty: none are taken
     */
    public record Commands(Optional<Path> keyFile) {
    }

    /**
     * Delivery of signals.
     *
     * @param onRefused           what a signal that the broker refuses for good does
     * @param strictOrder         one signal of a sensor under way at a time
     * @param deadlineMs          from receipt; a later signal carries flag 2; 0: none
     * @param drainTimeoutSeconds for frames in flight when the process is told to end
     * @param stallTimeoutSeconds age of an unconfirmed signal, or first silence of the sensors' broker, after which a
     *                            connection is made anew
     * @param deviceTimeoutSeconds time in which the device must compute a batch, or the process ends
     */
    public record Delivery(OnRefused onRefused, boolean strictOrder, int deadlineMs, int drainTimeoutSeconds,
            int stallTimeoutSeconds, int deviceTimeoutSeconds) {
    }

    /** What a signal that the broker refuses for good does. */
    public enum OnRefused {
        /** Nothing more is acknowledged; not ready; the operator is told. */
        HOLD,
        /** Counted, and its frame acknowledged. */
        DROP
    }

    /**
     * Error topic.
     *
     * @param enabled            whether bad frames are answered
     * @param perSensorPerSecond most answers a second to one sensor
     * @param inAllPerSecond     most answers a second to all together
     */
    public record Errors(boolean enabled, int perSensorPerSecond, int inAllPerSecond) {
    }

    /**
     * Summary topic.
     *
     * @param enabled    whether summaries are published
     * @param intervalMs least time between two summaries of one sensor
     */
    public record Summary(boolean enabled, int intervalMs) {
    }

    /**
     * Metrics and health over HTTP.
     *
     * @param enabled whether the port is opened
     * @param host    address to listen on
     * @param port    0: any free one
     * @param tokenFile file whose first line is what requests must bring
     * @param page    whether the page with the signals is served, too
     */
    public record Http(boolean enabled, String host, int port, Optional<Path> tokenFile, boolean page) {
    }

    /**
     * Logging, to standard error.
     *
     * @param level  least severity
     * @param format of a line
     */
    public record Log(Level level, Format format) {
    }

    /** Least severity that is logged. */
    public enum Level { ERROR, WARN, INFO, DEBUG, TRACE }

    /** Format of a log line. */
    public enum Format {
        /** Time, severity, message. */
        PLAIN,
        /** {@code <N>}, the syslog severity, and the message; the journal adds the time. */
        JOURNALD,
        /** One JSON object a line. */
        JSON
    }
}
