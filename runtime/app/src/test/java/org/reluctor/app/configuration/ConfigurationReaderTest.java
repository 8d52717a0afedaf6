package org.reluctor.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;

class ConfigurationReaderTest {
    private static final String NETWORKS = "networks:\n  - file: net.onnx\n";

    @TempDir
    Path folder;

    @BeforeEach
    void networkFile() throws IOException {
        Files.write(folder.resolve("net.onnx"), new byte[] {1});
    }

    @Test
    void read_onlyNetworks_everythingElseAtItsDefault() {
        Configuration configuration = read(NETWORKS, Map.of());
        assertEquals("gateway-1", configuration.instance());
        assertEquals("reluctor-gateway-1", configuration.broker().clientId());
        assertEquals(configuration.broker(), configuration.downstream());
        assertEquals(folder.resolve("net.onnx"), configuration.networks().get(0).file());
        assertEquals("+/+", configuration.networks().get(0).sensors());
        assertEquals(64, configuration.batch().max());
        assertEquals(List.of(), configuration.warnings());
    }

    @Test
    void read_unknownKey_namesLineAndNearest() {
        assertEquals(List.of("FILE:4: broker.keepAliveSecond: unknown key; did you mean keepAliveSeconds?"),
                problems(NETWORKS + "broker:\n  keepAliveSecond: 5\n"));
    }

    @Test
    void read_unknownKeyNearNothing_listsWhatIsKnown() {
        assertEquals(List.of("FILE:4: queue.colour: unknown key; known here: unreliableFrames"),
                problems(NETWORKS + "queue:\n  colour: red\n"));
    }

    @Test
    void read_wrongTypes_eachNamed() {
        assertEquals(List.of(
                "FILE:4: batch.max: \"many\" is not a whole number; must be a whole number from 1 to 4096 frames",
                "FILE:6: http.enabled: yes is neither true nor false"),
                problems(NETWORKS + "batch:\n  max: many\nhttp:\n  enabled: yes\n"));
    }

    @Test
    void read_numberForText_isAskedForInQuotes() {
        List<String> problems = problems(NETWORKS + "site: 42\n");
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("FILE:3: site: 42 is not a text; must be 1 to 64 of"), problems.get(0));
        assertTrue(problems.get(0).endsWith("in quotes if it looks like a number"), problems.get(0));
    }

    @Test
    void read_outOfRange_tellsRangeAndUnit() {
        assertEquals(List.of("FILE:4: broker.keepAliveSeconds: 0 is out of range; must be a whole number from 5 to"
                + " 3600 s"), problems(NETWORKS + "broker:\n  keepAliveSeconds: 0\n"));
    }

    @Test
    void read_wrongWord_suggestsNearest() {
        assertEquals(List.of("FILE:4: log.level: \"warning\" is not one of error, warn, info, debug, trace"),
                problems(NETWORKS + "log:\n  level: warning\n"));
        assertEquals(List.of("FILE:4: log.format: \"jounald\" is not one of plain, journald, json; did you mean"
                + " journald?"), problems(NETWORKS + "log:\n  format: jounald\n"));
    }

    @Test
    void read_badYaml_namesTheLineAlone() {
        List<String> problems = problems("broker:\n  uri: a: b\n");
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("FILE:2: not YAML: "), problems.get(0));
        assertFalse(problems.get(0).contains("\n"));
        assertTrue(problems("broker: {uri: x\n").get(0).contains("not YAML"));
        assertTrue(problems("\tinstance: a\n").get(0).contains("not YAML"));
    }

    @Test
    void read_duplicateKey_namesBothLines() {
        assertEquals(List.of("FILE:4: site: stands a second time, first in line 3; keep one of the two"),
                problems(NETWORKS + "site: a\nsite: b\n"));
    }

    @Test
    void read_anchorsTagsAndSecondDocument_areRefused() {
        assertTrue(problems("site: &x a\ninstance: *x\n").get(0).contains("anchors and aliases"));
        assertTrue(problems("site: !!java.net.URL a\n").get(0).contains("the tag"));
        assertTrue(problems(NETWORKS + "---\nsite: a\n").get(0).contains("a second document"));
    }

    @Test
    void read_nestedBeyondAnySetting_isRefused() {
        assertTrue(problems("a: " + "[".repeat(500) + "]".repeat(500) + "\n").get(0).contains("nested deeper"));
    }

    @Test
    void read_severalMistakes_allAtOnceInOrder() {
        List<String> problems = problems("site: _x\nbroker:\n  uri: mqtt://h:1\n  port: 1\nnetworks: []\n");
        assertEquals(4, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("FILE:1: site: \"_x\" cannot be used"), problems.get(0));
        assertTrue(problems.get(1).startsWith("FILE:3: broker.uri: \"mqtt://h:1\" cannot be used; must be tcp://"));
        assertTrue(problems.get(2).startsWith("FILE:4: broker.port: unknown key"));
        assertTrue(problems.get(3).startsWith("FILE:5: networks: missing; must list at least one"), problems.get(3));
    }

    @Test
    void read_groupWhereValueIsExpected_andTheOtherWay_areNamed() {
        assertEquals("FILE:3: site: a group of keys is not a text", problems(NETWORKS + "site: {a: b}\n").get(0)
                .split(";")[0]);
        assertEquals(List.of("FILE:3: broker: \"x\" stands where a group of keys is expected"),
                problems(NETWORKS + "broker: x\n"));
        assertTrue(problems("networks: net.onnx\n").get(0).contains("where a list is expected"));
        assertTrue(problems("- a\n").get(0).contains("a list stands at the top"));
    }

    @Test
    void read_absentNetworkFile_isMissingInput() {
        ConfigurationException exception = assertThrows(ConfigurationException.class,
                () -> read("networks:\n  - file: other.onnx\n", Map.of()));
        assertEquals(ExitStatus.NO_INPUT, exception.status());
        assertEquals("FILE:2: networks[0].file: " + folder.resolve("other.onnx") + " does not exist; must name an ONNX"
                + " file, relative to the folder of the configuration", exception.getMessage());
    }

    @Test
    void read_absentConfiguration_isMissingInput() {
        Path file = folder.resolve("none.yaml");
        Failure failure = assertThrows(Failure.class, () -> ConfigurationReader.read(file, Map.of()));
        assertEquals(ExitStatus.NO_INPUT, failure.status());
        assertTrue(failure.getMessage().startsWith(file + ": no such file"));
    }

    @Test
    void read_notText_isRefused() throws IOException {
        Path file = Files.write(folder.resolve("bad.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});
        Failure failure = assertThrows(Failure.class, () -> ConfigurationReader.read(file, Map.of()));
        assertEquals(file + ": is not UTF-8 text", failure.getMessage());
    }

    @Test
    void read_overrides_takeThePlaceOfTheFile() {
        Configuration configuration = read(NETWORKS + "broker:\n  uri: tcp://a:1\n", Map.of(
                "RELUCTOR_BROKER_URI", "tcp://b:2", "RELUCTOR_BROKER_KEEP_ALIVE_SECONDS", "7",
                "RELUCTOR_HTTP_ENABLED", "false", "RELUCTOR_NETWORKS_0_SENSORS", "plant/+",
                "RELUCTOR_NETWORKS_1_FILE", "net.onnx", "RELUCTOR_INSTANCE", "7", "OTHER", "x"));
        assertEquals("tcp://b:2", configuration.broker().uri());
        assertEquals(7, configuration.broker().keepAliveSeconds());
        assertFalse(configuration.http().enabled());
        assertEquals(List.of("plant/+", "+/+"),
                configuration.networks().stream().map(Configuration.Network::sensors).toList());
        assertEquals("7", configuration.instance());
        assertEquals(List.of(), configuration.warnings());
    }

    @Test
    void read_badOverride_namesTheVariable() {
        ConfigurationException exception = assertThrows(ConfigurationException.class,
                () -> read(NETWORKS, Map.of("RELUCTOR_BATCH_MAX", "0")));
        assertEquals("RELUCTOR_BATCH_MAX: batch.max: \"0\" is out of range; must be a whole number from 1 to 4096"
                + " frames", exception.getMessage());
    }

    @Test
    void read_mistypedVariable_isAWarningWithTheNearest() {
        Configuration configuration = read(NETWORKS, Map.of("RELUCTOR_BROKER_URL", "tcp://b:2",
                "RELUCTOR_JAVA_OPTS", "-Xmx1g"));
        assertEquals(List.of("RELUCTOR_BROKER_URL: overrides no setting; did you mean RELUCTOR_BROKER_URI?"),
                configuration.warnings());
    }

    @Test
    void read_downstream_hasDefaultsOfItsOwn() {
        Configuration configuration = read(NETWORKS + "broker:\n  keepAliveSeconds: 9\n"
                + "downstream:\n  uri: ssl://c.example.com:8883\n", Map.of());
        assertTrue(configuration.hasDownstream());
        assertEquals("ssl://c.example.com:8883", configuration.downstream().uri());
        assertEquals(30, configuration.downstream().keepAliveSeconds());
    }

    @Test
    void read_edgeNodeThatCannotBe_isRefusedWithWhatWouldBeRight() {
        String sparkplug = NETWORKS + "sparkplug: {enabled: true, ";
        assertTrue(problems(sparkplug + "intervalMs: 60000}\n").toString().contains("must be 0, or at least 61"));
        assertTrue(problems(sparkplug + "group: STATE}\n").toString().contains("must be another name"));
        assertEquals(60, read(NETWORKS + "sparkplug: {intervalMs: 60000}\n", Map.of()).sparkplug().silentSeconds());
    }

    @Test
    void read_partition_sharesTheSessionAndNothingElse() {
        Configuration configuration = read(NETWORKS + "instance: gateway-2\nfleet: {partition: east}\n", Map.of());
        assertEquals("reluctor-partition-local:east", configuration.broker().clientId());
        assertEquals(2, configuration.fleet().graceSeconds());
        assertEquals(List.of(), configuration.warnings());
    }

    @Test
    void read_sharingThatWouldLose_isRefusedInOneSentence() throws IOException {
        assertEquals(List.of("FILE:4: fleet.shareGroup: is given beside a partition; give one of the two"),
                problems(NETWORKS + "fleet:\n  {partition: east, shareGroup: all}\n"));
        assertEquals(List.of("FILE:3: fleet.partition: needs broker.sessionExpirySeconds of at least 62 (twice"
                + " keepAliveSeconds, and graceSeconds), not 30; frames would be lost before a standby takes over"),
                problems(NETWORKS + "fleet: {partition: east}\nbroker: {sessionExpirySeconds: 30}\n"));
        Files.createDirectory(folder.resolve("keys"));
        assertEquals(List.of("FILE:3: fleet.shareGroup: is given with sensors.keysFolder, but shared subscriptions keep"
                + " no order, by which replayed frames are told; give a partition instead"),
                problems(NETWORKS + "fleet: {shareGroup: all}\nsensors: {keysFolder: keys}\n"));
    }

    @Test
    void read_partitionWithFewNewSensors_isAWarning() {
        List<String> warnings = read(NETWORKS + "fleet: {partition: east}\nsensors: {newPerMinute: 5}\n", Map.of())
                .warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("those over 5 in the first minute are refused"), warnings.get(0));
    }

    @Test
    void read_namesThatAreFolders_areRefused() {
        assertEquals(List.of("FILE:3: site: \"..\" cannot be used; must be 1 to 64 of A-Z a-z 0-9 . _ -, not beginning"
                + " with _, and not . or .."), problems(NETWORKS + "site: ..\n"));
        assertEquals(1, problems(NETWORKS + "instance: .\n").size());
        for (String sensors : new String[] {"../+", "plant/..", "./ecg"}) {
            assertEquals(1, problems(NETWORKS + "    sensors: " + sensors + "\n").size(), sensors);
        }
        assertEquals("...", read(NETWORKS + "    sensors: ..a/.b\nsite: ...\n", Map.of()).site());
    }

    @Test
    void read_portOutOfRange_isNamed() {
        assertEquals(List.of("FILE:4: broker.uri: port 70000 is out of range; must be 1 to 65535"),
                problems(NETWORKS + "broker:\n  uri: tcp://a:70000\n"));
    }

    @Test
    void read_absentSecret_isACredentialsProblem() {
        ConfigurationException exception = assertThrows(ConfigurationException.class, () -> read(NETWORKS
                + "broker:\n  username: u\n  passwordFile: secret\n", Map.of()));
        assertEquals(ExitStatus.CREDENTIALS, exception.status());
        assertEquals("FILE:5: broker.passwordFile: " + folder.resolve("secret") + " does not exist; must be a file with"
                + " the secret as its first line", exception.getMessage());
    }

    @Test
    void read_secretWithoutUser_isAProblem() throws IOException {
        Files.writeString(folder.resolve("secret"), "pw\n");
        assertTrue(problems(NETWORKS + "broker:\n  passwordFile: secret\n").get(0).contains("without a username"));
    }

    @Test
    void of_unknownPath_isAProblem() {
        ConfigurationException exception = assertThrows(ConfigurationException.class, () -> ConfigurationReader.of(
                Map.of("networks[0].file", "net.onnx", "broker.url", "tcp://b:2"), folder));
        assertEquals("broker.url: overrides no setting; did you mean broker.uri?", exception.getMessage());
    }

    @Test
    void of_values_areSettings() {
        Configuration configuration = ConfigurationReader.of(
                Map.of("networks[0].file", "net.onnx", "http.port", "0"), folder);
        assertEquals(0, configuration.http().port());
        assertEquals(folder.resolve("net.onnx"), configuration.networks().get(0).file());
    }

    private List<String> problems(String text) {
        ConfigurationException exception = assertThrows(ConfigurationException.class, () -> read(text, Map.of()));
        return exception.problems().stream().map(Problem::text).toList();
    }

    private Configuration read(String text, Map<String, String> environment) {
        return ConfigurationReader.read("FILE", folder, text, Overrides.ofEnvironment(environment), environment);
    }
}
