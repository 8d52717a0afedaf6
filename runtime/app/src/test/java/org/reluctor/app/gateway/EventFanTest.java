package org.reluctor.app.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.stream.StreamEvents;

class EventFanTest {
    private record Heard(int listener, String method, Object[] arguments) {
    }

    private final List<Heard> heard = new ArrayList<>();

    static Stream<Method> events() {
        return Arrays.stream(StreamEvents.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEvent_reachesEveryListenerInOrder(Method event) throws ReflectiveOperationException {
        EventFan fan = new EventFan(listener(1), listener(2));
        Object[] arguments = Arrays.stream(event.getParameterTypes()).map(EventFanTest::sample).toArray();
        event.invoke(fan, arguments);
        assertEquals(2, heard.size(), event.getName());
        for (int i = 0; i < 2; i++) {
            assertEquals(i + 1, heard.get(i).listener());
            assertEquals(event.getName(), heard.get(i).method());
            assertArrayEquals(arguments, heard.get(i).arguments());
        }
    }

    private StreamEvents listener(int number) {
        return (StreamEvents) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {StreamEvents.class},
                (proxy, method, arguments) -> {
                    heard.add(new Heard(number, method.getName(), arguments == null ? new Object[0] : arguments));
                    return null;
                });
    }

    private static Object sample(Class<?> type) {
        if (type == int.class) {
            return 7;
        }
        if (type == long.class) {
            return 8L;
        }
        if (type == float.class) {
            return 0.5f;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == String.class) {
            return "text";
        }
        return type.isEnum() ? type.getEnumConstants()[0] : null;
    }
}
