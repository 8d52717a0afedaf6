package org.reluctor.app.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void of_everyKindOfValue_keepsOrder() {
        assertEquals("{\"a\":1,\"b\":[true,null],\"c\":{},\"d\":[],\"e\":{\"f\":-2.5}}", JsonText.of("a", 1,
                "b", java.util.Arrays.asList(true, null), "c", Map.of(), "d", List.of(), "e", Map.of("f", -2.5)));
    }

    @Test
    void of_notFinite_isNull() {
        assertEquals("{\"a\":null,\"b\":null,\"c\":null}", JsonText.of("a", Double.NaN, "b", Float.POSITIVE_INFINITY,
                "c", Double.NEGATIVE_INFINITY));
    }

    @Test
    void of_anyText_readsBackByAnIndependentParser() throws IOException {
        String text = "q\" b\\ n\n t\t z\0 d\u007f ü € \uD83D\uDE00 \u2028 end";
        assertEquals(text, new ObjectMapper().readTree(JsonText.of("text", text)).get("text").asText());
    }
}
