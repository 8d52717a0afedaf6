package org.reluctor.stream.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    @Test
    void read_whatJsonTextWrote_isTheSame() {
        String hostile = "a\"b\\c\n\u0000é€\uD83D\uDE00\uD800";
        byte[] json = new JsonText().add("text", hostile).add("list", List.of("x", "]\"")).add("epoch", -7)
                .addNull("none").toBytes();
        assertEquals(Map.of("text", hostile, "epoch", "-7", "none", "null"), JsonFields.read(json));
    }

    @Test
    void read_spaceAndEscapes_areTaken() {
        assertEquals(Map.of("a/", "\t\u00e9"), read(" { \"a\\/\" :\r\n \"\\t\\u00E9\" , \"b\" : [ ] } "));
        assertEquals(Map.of(), read("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[]", "1", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}x",
        "{\"a\":{\"b\":1}}", "{\"a\":[[1]]}", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":\"\\u12", "{\"a\":\"\\uxyzw\"}",
        "{\"a\":\"\\q\"}", "{a:1}", "{\"a\":1 \"b\":2}", "{\"a\":[1"})
    void read_noFlatObject_isNull(String text) {
        assertNull(read(text));
    }

    @Test
    void read_tooLong_isNull() {
        assertNull(read("{\"a\":\"" + "x".repeat(JsonFields.MOST_BYTES) + "\"}"));
    }

    private static Map<String, String> read(String text) {
        return JsonFields.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
