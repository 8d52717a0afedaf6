package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a command ended.
 *
 * @param status its exit status
 * @param out    its standard output
 * @param err    its standard error
 * @param millis from start to end
 */
public record CommandResult(int status, String out, String err, long millis) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Fails unless the status is that one, and where anything looks like a stack trace. */
    public CommandResult expect(int expected) {
        assertEquals(expected, status, () -> "standard output:\n" + out + "standard error:\n" + err);
        assertNoTrace(out);
        assertNoTrace(err);
        return this;
    }

    /** Standard output as one JSON object with exactly the keys, and nothing beside it. */
    public JsonNode json(String... keys) throws JsonProcessingException {
        JsonNode object = parse(out);
        Set<String> found = new TreeSet<>();
        object.fieldNames().forEachRemaining(found::add);
        assertEquals(new TreeSet<>(Set.of(keys)), found);
        return object;
    }

    /** A text as one JSON object, and nothing beside it. */
    static JsonNode parse(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    /** Fails where a text has what only a stack trace or a crash has. */
    public static void assertNoTrace(String text) {
        assertFalse(text.contains("\tat ") || text.contains("Exception in thread") || text.contains("Caused by:")
                || text.contains("internal error") || text.contains("fatal error"), text);
    }
}
