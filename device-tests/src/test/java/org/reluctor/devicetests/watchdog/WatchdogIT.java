package org.reluctor.devicetests.watchdog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.certificate.CertificateText;
import org.reluctor.certify.certificate.Certifier;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.Probe;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.devicetests.stream.SignalRecorder;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;

/** A gateway with a certificate beside its network: good frames have no flag, those of a sensor at fault have. */
class WatchdogIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics("reluctor");
    private static final String SENSOR = RunningGateway.SITE + "/ecg";
    private static final double NOISE = 0.01;
    private static final int GOOD = 50;

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();
    private long seq;

    /** One pulse of an amplitude from 0.5 to 1.5. */
    private static double pulse(int at) {
        double distance = (at - 12) / 4.0;
        return Math.exp(-distance * distance);
    }

    /** The pulse of the amplitude that explains measurements best: good frames leave little unexplained. */
    private RecoveryNetwork network() throws Exception {
        MeasurementMatrix matrix = SmallNetworks.matrix();
        float[] response = new float[SmallNetworks.M];
        float[] shape = new float[SmallNetworks.N];
        for (int at = 0; at < shape.length; at++) {
            shape[at] = (float) pulse(at);
        }
        matrix.measure(shape, 0, response, 0);
        double energy = 0;
        for (float value : response) {
            energy += value * value;
        }
        float[] weights = new float[SmallNetworks.M * SmallNetworks.N];
        for (int at = 0; at < weights.length; at++) {
            weights[at] = (float) (response[at / SmallNetworks.N] / energy * shape[at % SmallNetworks.N]);
        }
        NetworkBuilder builder = new NetworkBuilder("pulse");
        Value y = builder.input("y", SmallNetworks.M);
        builder.constant(SmallNetworks.PHI, matrix.toArray(), SmallNetworks.M, SmallNetworks.N);
        builder.output(builder.matMul(y, builder.constant("W", weights, SmallNetworks.M, SmallNetworks.N)), "x");
        OnnxWriter.write(builder.build(NetworkMetadata.of(SmallNetworks.N, SmallNetworks.M, 1)
                .withMatrix(SmallNetworks.PHI, matrix.id()).withSignal(360, "mV"), matrix),
                folder.resolve("pulse.onnx"));
        return OnnxReader.read(folder.resolve("pulse.onnx"));
    }

    private RecoveryNetwork certified(UnaryOperator<Certificate> change) throws Exception {
        RecoveryNetwork network = network();
        double[] basis = new double[SmallNetworks.N];
        Arrays.setAll(basis, WatchdogIT::pulse);
        Certificate certificate = new Certifier(network, 0, Deadline.none(), BoundProgress.NONE).certify(
                new SignalClass(basis, Box.of(1, 0.5, 1.5), NOISE), Execution.FLOAT32,
                List.of(Property.RANGE, Property.RESIDUAL, Property.CONSISTENCY), false, true);
        Files.writeString(folder.resolve("pulse.certificate.json"), CertificateText.of(change.apply(certificate)));
        return network;
    }

    /** Other measurements with the old answers: to the gateway that is a device that answers wrongly. */
    private static Certificate withWrongAnswers(Certificate of) {
        float[] y = of.probes().get(0).y().clone();
        y[2] += 0.25f;
        return new Certificate(of.networkSha256(), of.signals(), of.execution(), of.bounds(), of.gain(),
                List.of(new Probe(y, of.probes().get(0).interval())));
    }

    @Test
    void signals_ofADeviceThatAnswersAProbeWrongly_areFlaggedAndTheNetworkIsLoadedAnew() throws Exception {
        MeasurementMatrix right = certified(WatchdogIT::withWrongAnswers).matrix().orElseThrow();
        Random random = new Random(2);
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                RunningGateway gateway = gateway(broker);
                SignalLink subscriber = subscriber(broker, recorder);
                SensorLink sensor = sensor(broker)) {
            assertTrue(subscriber.awaitConnected(LIMIT) && sensor.awaitConnected(LIMIT));
            for (int frame = 1; frame <= 2; frame++) {
                int sent = frame;
                send(sensor, measured(right, 1, random));
                Awaitility.await().atMost(LIMIT).until(() -> recorder.distinct() == sent);
            }
            recorder.signals().forEach(signal -> assertEquals(Signal.FLAG_RANGE, signal.flags()));
            String log = gateway.log();
            assertTrue(log.contains("loaded anew") && log.contains("still answers wrongly"), log);
        }
    }

    private RunningGateway gateway(Mosquitto broker) throws Exception {
        return RunningGateway.start(folder, broker.uri(), Map.of(),
                "networks: [{file: pulse.onnx, sensors: \"" + RunningGateway.SITE + "/+\"}]");
    }

    private static SignalLink subscriber(Mosquitto broker, SignalRecorder recorder) throws Exception {
        return SignalLink.open(BrokerOptions.at(broker.uri()).clientId("reader").build(),
                List.of(TOPICS.signal("+/+")), recorder);
    }

    private static SensorLink sensor(Mosquitto broker) throws Exception {
        return SensorLink.open(BrokerOptions.at(broker.uri()).clientId("sensor").build(), TOPICS);
    }

    private static float[] measured(MeasurementMatrix matrix, double amplitude, Random random) {
        float[] x = new float[SmallNetworks.N];
        for (int at = 0; at < x.length; at++) {
            x[at] = (float) (amplitude * pulse(at));
        }
        float[] y = new float[SmallNetworks.M];
        matrix.measure(x, 0, y, 0);
        for (int at = 0; at < y.length; at++) {
            y[at] += (float) (0.9 * NOISE * (2 * random.nextDouble() - 1));
        }
        return y;
    }

    private void send(SensorLink sensor, float... y) throws InterruptedException {
        FrameFields fields = FrameFields.of(SENSOR, 360, 1, SmallNetworks.matrix().idBits(), SmallNetworks.N,
                SmallNetworks.M);
        sensor.publish(SENSOR, writer.write(fields.at(1, seq++), y));
    }

    @Test
    void signals_ofASensorAtFault_areFlaggedCountedAndTold() throws Exception {
        MeasurementMatrix right = certified(UnaryOperator.identity()).matrix().orElseThrow();
        MeasurementMatrix other = MeasurementMatrix.sparseBinary(SmallNetworks.M, SmallNetworks.N, 4, 99);
        Random random = new Random(1);
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                RunningGateway gateway = gateway(broker);
                SignalLink subscriber = subscriber(broker, recorder);
                SensorLink sensor = sensor(broker)) {
            assertTrue(subscriber.awaitConnected(LIMIT) && sensor.awaitConnected(LIMIT));
            for (int frame = 0; frame < GOOD; frame++) {
                send(sensor, measured(right, 0.5 + random.nextDouble(), random));
            }
            // Measured with another matrix than the sensor says, then an amplifier that has reached its end.
            send(sensor, measured(other, 1, random));
            float[] saturated = measured(right, 1, random);
            for (int at = 0; at < saturated.length; at++) {
                saturated[at] = Math.min(saturated[at], 0.5f);
            }
            send(sensor, saturated);
            send(sensor, measured(right, 9, random));
            Awaitility.await().atMost(LIMIT).until(() -> recorder.distinct() == GOOD + 3);

            List<Signal> signals = recorder.signals();
            signals.subList(0, GOOD).forEach(signal -> assertEquals(0, signal.flags()));
            assertTrue(signals.get(GOOD).has(Signal.FLAG_RESIDUAL), "another matrix");
            assertTrue(signals.get(GOOD + 1).has(Signal.FLAG_RESIDUAL), "saturated");
            assertTrue(signals.get(GOOD + 2).has(Signal.FLAG_RANGE), "beyond the amplitude");
            double flagged = signals.stream().filter(signal -> signal.has(Signal.FLAG_RESIDUAL)).count();
            assertEquals(flagged, gateway.metric("reluctor_signals_flagged_total{reason=\"residual\"}"));
            assertTrue(gateway.metric("reluctor_signals_flagged_total{reason=\"range\"}") >= 1);
            String log = gateway.log();
            assertTrue(log.contains("certified, and watched") && log.contains("is over the certified limit"), log);
            assertEquals(1, log.lines().filter(line -> line.contains("over the certified limit")).count(), log);
        }
    }

    @Test
    void start_withACertificateOfAnotherNetwork_isRefusedInOneLine() throws Exception {
        RunningGateway.configuration(folder, "tcp://127.0.0.1:1");
        Files.writeString(folder.resolve("transposed.certificate.json"), "{\"format\":\"reluctor certificate 1\","
                + "\"networkSha256\":\"" + "ab".repeat(32) + "\",\"execution\":\"float32\",\"properties\":[]}");
        String said = ReluctorProcess.run(folder, LIMIT, "run", "--config",
                folder.resolve("reluctor.yaml").toString()).expect(65).err();
        assertTrue(said.contains("transposed.certificate.json: the certificate cannot be used: networkSha256 is abab"),
                said);
        assertEquals(1, said.lines().filter(line -> line.contains("certificate")).count(), said);
    }
}
