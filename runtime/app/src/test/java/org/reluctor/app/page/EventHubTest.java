package org.reluctor.app.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reluctor.app.http.HttpAnswer;
import org.reluctor.app.http.HttpRequest;

class EventHubTest {
    private static final int EVENTS = 100_000;

    private final EventHub events = new EventHub(2);

    @Test
    void publish_toAPageThatNeverReads_keepsABoundedPartAndCountsTheRest() {
        EventHub.Listener slow = events.open(Set.of());
        for (int i = 0; i < EVENTS; i++) {
            events.publish("tick", "{}");
        }
        String heard = all(slow);
        int kept = heard.split("event: tick\n", -1).length - 1;
        assertTrue(heard.length() < 300 << 10, heard.length() + " characters");
        assertEquals(EVENTS, kept + events.leftOut());
        assertTrue(heard.endsWith("event: leftOut\ndata: {\"events\":" + events.leftOut() + "}\n\n"));
        assertFalse(slow.isEnded(), "it may come back");
        events.publish("tick", "{}");
        assertEquals("event: tick\ndata: {}\n\n", all(slow));
    }

    @Test
    void publishAbout_aSubject_reachesThoseWhoChoseIt() throws Exception {
        HttpAnswer chosen = events.answer(request("choose=a/b,c/d"));
        HttpAnswer other = events.answer(request(""));
        events.publishAbout("c/d", "curve", "1");
        events.publishAbout("e/f", "curve", "2");
        assertEquals("event: curve\ndata: 1\n\n", new String(chosen.events().poll(), StandardCharsets.UTF_8));
        assertNull(chosen.events().poll());
        assertNull(other.events().poll());
        assertEquals(Set.of("a/b", "c/d"), events.chosen());
        chosen.events().close();
        assertEquals(Set.of(), events.chosen());
    }

    @Test
    void answer_toAChoiceOfMany_takesEight() {
        events.answer(request("choose=a,b,c,d,e,f,g,h,i,j"));
        assertEquals(Set.of("a", "b", "c", "d", "e", "f", "g", "h"), events.chosen());
    }

    private static HttpRequest request(String query) {
        return new HttpRequest("127.0.0.1", "GET", "/events", query, Map.of());
    }

    private static String all(EventHub.Listener listener) {
        StringBuilder heard = new StringBuilder();
        for (byte[] part = listener.poll(); part != null; part = listener.poll()) {
            heard.append(new String(part, StandardCharsets.UTF_8));
        }
        return heard.toString();
    }
}
