package org.reluctor.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Keeps config/reluctor.yaml, config/reluctor.schema.json and the binder in step. */
class ShippedFilesTest {
    private static final Path CONFIG = Path.of(System.getProperty("basedir", "."), "..", "..", "config");

    @TempDir
    Path folder;
    private JsonNode schema;
    private String shipped;
    private List<Setting> settings;

    @BeforeEach
    void readAll() throws IOException {
        schema = new ObjectMapper().readTree(CONFIG.resolve("reluctor.schema.json").toFile());
        shipped = Files.readString(CONFIG.resolve("reluctor.yaml"));
        Files.createDirectories(folder.resolve("models"));
        Files.createFile(folder.resolve("models/ecg-256x64-ista.onnx"));
        List<Problem> problems = new ArrayList<>();
        Binding binding = new Binding("reluctor.yaml", folder, Overrides.ofEnvironment(Map.of()), problems);
        new ConfigurationBinder(binding, Map.of()).bind(binding.root(
                YamlTree.read("reluctor.yaml", shipped, problems)));
        assertEquals(List.of(), problems);
        settings = binding.settings();
    }

    @Test
    void schema_everySetting_hasTypeDefaultAndRangeOfTheBinder() {
        for (Setting setting : settings) {
            JsonNode node = schemaOf(setting.path());
            assertEquals(setting.type(), node.path("type").asText(), setting.path());
            assertFalse(node.path("description").asText().isEmpty(), setting.path());
            assertEquals(String.valueOf(setting.defaultValue()), node.path("default").asText("null"), setting.path());
            if (setting.type().equals("integer")) {
                assertEquals(setting.least(), node.path("minimum").asLong(), setting.path());
                assertEquals(setting.most(), node.path("maximum").asLong(), setting.path());
            }
            assertEquals(setting.pattern().isEmpty() ? "" : "^(?:" + setting.pattern() + ")$",
                    node.path("pattern").asText(), setting.path());
            Set<String> words = new TreeSet<>();
            node.path("enum").forEach(word -> words.add(word.asText()));
            assertEquals(new TreeSet<>(setting.choices()), words, setting.path());
        }
    }

    @Test
    void schema_everyLeaf_isASettingOfTheBinder() {
        Set<String> leaves = new TreeSet<>();
        collect("", schema, leaves);
        assertEquals(settings.stream().map(Setting::path).collect(Collectors.toCollection(TreeSet::new)), leaves);
    }

    @Test
    void yaml_everySetting_standsAtItsDefault() throws IOException {
        JsonNode root = new YAMLMapper().readTree(shipped);
        for (Setting setting : settings) {
            if (setting.path().startsWith("downstream.")) {
                continue;
            }
            JsonNode node = root.at("/" + setting.path().replace("[0]", "/0").replace('.', '/'));
            assertFalse(node.isMissingNode(), setting.path() + " is not in reluctor.yaml");
            if (setting.defaultValue() != null) {
                assertEquals(String.valueOf(setting.defaultValue()), node.asText(), setting.path());
            }
        }
    }

    @Test
    void yaml_everySetting_hasACommentWithItsRangeAndWords() {
        List<String> lines = shipped.lines().toList();
        for (Setting setting : settings) {
            if (setting.path().startsWith("downstream.")) {
                continue;
            }
            String comment = commentOf(setting, lines);
            if (setting.type().equals("integer")) {
                String range = setting.least() + " to " + setting.most();
                assertTrue(comment.contains(range), setting.path() + ": \"" + comment + "\" lacks " + range);
            }
            setting.choices().forEach(word -> assertTrue(comment.contains(word), setting.path() + " lacks " + word));
        }
    }

    @Test
    void schema_shippedFile_isValid() throws IOException {
        assertEquals(Set.of(), validator().validate(new YAMLMapper().readTree(shipped)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site: 42", "site: _x", "colour: red", "broker: {uri: 'mqtt://a:1'}", "broker: {uri: 5}",
        "broker: {keepAliveSeconds: 4}", "broker: {keepAliveSeconds: 3601}", "broker: {keepAliveSeconds: '30'}",
        "broker: {atStart: hope}", "downstream: {port: 1}", "batch: {max: 1.5}", "http: {enabled: 1}", "log: [a]",
        "topics: {root: a/+}", "topics: {root: /a}", "topics: {root: $SYS}", "device: {select: ''}"})
    void schemaAndBinder_wrongDocument_bothRefuse(String line) throws IOException {
        String text = "networks: [{file: models/ecg-256x64-ista.onnx}]\n" + line + "\n";
        assertFalse(validator().validate(new YAMLMapper().readTree(text)).isEmpty(), "schema takes " + line);
        assertFalse(problemsOf(text).isEmpty(), "binder takes " + line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"site: plant-1", "broker:", "topics: {root: a/b}", "broker: {uri: 'ssl://[::1]:8883'}",
        "networks: [{file: models/ecg-256x64-ista.onnx, sensors: 'a/+'}]", "batch: {max: 4096}",
        "log: {level: trace, format: json}", "device: {select: 'GPU Ü'}"})
    void schemaAndBinder_rightDocument_bothTake(String line) throws IOException {
        String networks = line.startsWith("networks") ? "" : "networks: [{file: models/ecg-256x64-ista.onnx}]\n";
        String text = networks + line + "\n";
        assertEquals(Set.of(), validator().validate(new YAMLMapper().readTree(text)));
        assertEquals(List.of(), problemsOf(text));
    }

    @Test
    void variables_ofAllSettings_areDistinct() {
        Set<String> names = settings.stream().map(setting -> Overrides.variableOf(setting.path()))
                .collect(Collectors.toSet());
        assertEquals(settings.size(), names.size());
        assertTrue(names.contains("RELUCTOR_DELIVERY_DRAIN_TIMEOUT_SECONDS"), names::toString);
    }

    @Test
    void asyncApi_topicsAndPayloadKeys_areTheFormats() throws IOException {
        // SnakeYAML resolves the anchors, which Jackson's mapper leaves as texts.
        JsonNode api = new ObjectMapper().valueToTree(
                new Yaml().load(Files.readString(CONFIG.resolve("asyncapi.yaml"))));
        assertEquals("3.0.0", api.path("asyncapi").asText());
        for (String topic : List.of("frame", "signal", "error", "summary")) {
            assertEquals("{root}/v1/{site}/{sensor}/" + topic, api.at("/channels/" + topic + "/address").asText());
        }
        for (String[] channel : new String[][] {{"status", "status"}, {"command", "cmd"}, {"answer", "answer"}}) {
            assertEquals("{root}/v1/{site}/_gateway/{id}/" + channel[1],
                    api.at("/channels/" + channel[0] + "/address").asText());
        }
        assertEquals(Set.of(0, 1, 2, 3, 4), keys(api, "command"));
        assertEquals(Set.of(0, 1, 2, 3, 4), keys(api, "answer"));
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14), keys(api, "frame"));
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 7, 9, 16, 17, 18, 19, 20, 21, 22), keys(api, "signal"));
        api.findValuesAsText("$ref").forEach(ref -> assertFalse(api.at(ref.substring(1)).isMissingNode(), ref));
    }

    private static Set<Integer> keys(JsonNode api, String schemaName) {
        Set<Integer> keys = new TreeSet<>();
        api.at("/components/schemas/" + schemaName + "/properties")
                .forEach(property -> keys.add(property.path("x-key").asInt(-1)));
        return keys;
    }

    private JsonSchema validator() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    private List<Problem> problemsOf(String text) {
        try {
            ConfigurationReader.read("f", folder, text, Overrides.ofEnvironment(Map.of()), Map.of());
            return List.of();
        } catch (ConfigurationException exception) {
            return exception.problems();
        }
    }

    private JsonNode schemaOf(String path) {
        JsonNode node = schema;
        for (String key : path.replace("[0]", "").split("\\.")) {
            node = properties(node).path(key);
        }
        assertFalse(node.isMissingNode(), path + " is not in the schema");
        return node;
    }

    private JsonNode properties(JsonNode node) {
        JsonNode target = node.has("$ref") ? schema.at(node.get("$ref").asText().substring(1)) : node;
        return target.has("items") ? target.get("items").get("properties") : target.path("properties");
    }

    private void collect(String path, JsonNode node, Set<String> leaves) {
        JsonNode properties = properties(node);
        if (properties.isMissingNode()) {
            leaves.add(path);
            return;
        }
        String stem = node.has("items") ? path + "[0]" : path;
        properties.properties().forEach(field ->
                collect(stem.isEmpty() ? field.getKey() : stem + "." + field.getKey(), field.getValue(), leaves));
    }

    /** The comment lines directly above the setting's line; found by key within its group. */
    private static String commentOf(Setting setting, List<String> lines) {
        String[] parts = setting.path().replace("[0]", "").split("\\.");
        int from = parts.length == 1 ? 0 : lines.indexOf(parts[0] + ":");
        int at = from;
        while (!lines.get(at).replace("- ", "  ").stripLeading().startsWith(parts[parts.length - 1] + ":")) {
            at++;
        }
        StringBuilder comment = new StringBuilder();
        while (at > 0 && lines.get(at - 1).strip().startsWith("#")) {
            at--;
            comment.insert(0, lines.get(at).strip());
        }
        assertTrue(comment.length() > 2, setting.path() + " has no comment line");
        return comment.toString();
    }
}
