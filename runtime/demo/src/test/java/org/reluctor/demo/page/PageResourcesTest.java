package org.reluctor.demo.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageResourcesTest {
    @Test
    void page_everyIdThatTheScriptAsksFor_isThere() throws IOException {
        String page = read("index.html");
        Matcher ids = Pattern.compile("(?:\\$|text)\\('([a-z0-9-]+)'").matcher(read("page.js"));
        int found = 0;
        while (ids.find()) {
            assertTrue(page.contains("id=\"" + ids.group(1) + "\""), ids.group(1));
            found++;
        }
        assertTrue(found > 20, found + " ids");
    }

    private static String read(String name) throws IOException {
        try (InputStream stream = PageFeed.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
