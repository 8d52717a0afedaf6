package org.reluctor.stream.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private final ObjectMapper jackson = new ObjectMapper();

    @Test
    void toBytes_hostileText_isReadBackByJackson() throws Exception {
        String hostile = "a\"b\\c\n\u0000é€\uD83D\uDE00\uD800";
        byte[] json = new JsonText().add("text", hostile).add("list", List.of("x", "\"")).addNull("none").toBytes();
        JsonNode read = jackson.readTree(json);
        assertEquals(hostile, read.get("text").asText());
        assertEquals("\"", read.get("list").get(1).asText());
        assertTrue(read.get("none").isNull());
    }

    @Test
    void toBytes_numbers_areExactAndFiniteOnes() throws Exception {
        byte[] json = new JsonText().addUnsigned("seq", -1).add("epoch", Long.MIN_VALUE).add("x", 1.5f)
                .add("nan", Float.NaN).toBytes();
        JsonNode read = jackson.readTree(json);
        assertEquals("18446744073709551615", read.get("seq").asText());
        assertEquals(Long.MIN_VALUE, read.get("epoch").asLong());
        assertEquals(1.5, read.get("x").asDouble());
        assertEquals(3, read.size());
    }
}
